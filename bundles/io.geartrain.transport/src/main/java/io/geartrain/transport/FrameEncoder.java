package io.geartrain.transport;

import io.geartrain.channel.Batch;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Output;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Makes frames of the batches of one channel; on the sending task's thread. */
final class FrameEncoder {
  /** A frame of this size takes no further record; the rest of the batch gets frames of its own. */
  private static final int FULL_BYTES = 1 << 20;

  private final FrameChannel channel;
  private final Supplier<Codec<Object>> codecs;
  private final CRC32C crc = new CRC32C();
  private Codec<Object> codec;
  private long sequence;
  private int joinedCrcs;

  /**
   * An encoder.
   *
   * @param codecs asked once, on the task's thread
   */
  FrameEncoder(FrameChannel channel, Supplier<Codec<Object>> codecs) {
    this.channel = channel;
    this.codecs = codecs;
  }

  /**
   * Appends a batch, as one frame or, if it is large, as several.
   *
   * @throws RefusedRecord if one of its records can't be written
   */
  void write(Batch batch, Output out) {
    int next = 0;
    do {
      int start = out.size();
      int first = next;
      next = writeRecords(batch, first, start, out);
      boolean last = next == batch.size();
      if (last && batch.kind() != Batch.Kind.DATA) {
        out.writeVarLong(batch.checkpoint());
        out.writeVarLong(batch.sent());
        out.writeInt(joinedCrcs);
      }
      complete(batch, next - first, last, start, out);
    } while (next < batch.size());
  }

  /** Leaves room for the header and writes records; the place of the first that did not fit. */
  private int writeRecords(Batch batch, int first, int start, Output out) {
    out.skip(Frame.PAYLOAD);
    Object[] values = batch.values();
    long[] timestamps = batch.timestamps();
    long before = 0;
    int at = first;
    while (at < batch.size()
        && at - first < Frame.MOST_RECORDS
        && out.size() - start < FULL_BYTES) {
      out.writeSignedLong(timestamps[at] - before);
      before = timestamps[at];
      writeValue(values[at], before, out);
      if (out.size() - start > Frame.LARGEST_BYTES) {
        throw refused(
            values[at],
            before,
            "it takes %d bytes, of which a channel carries at most %d; send a reference to large data, or parts of it"
                .formatted(out.size() - start, Frame.LARGEST_BYTES),
            null);
      }
      at++;
    }
    return at;
  }

  private void writeValue(Object value, long timestamp, Output out) {
    if (codec == null) {
      codec = codecs.get();
    }
    try {
      codec.write(value, out);
    } catch (RuntimeException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      throw refused(value, timestamp, why, e);
    }
  }

  private RefusedRecord refused(Object value, long timestamp, String why, Throwable cause) {
    return new RefusedRecord(
        channel.from(),
        value,
        timestamp,
        "%s: a record can't leave as bytes: %s".formatted(channel.edge(), why),
        cause);
  }

  private void complete(Batch batch, int count, boolean last, int start, Output out) {
    byte[] bytes = out.array();
    Batch.Kind kind = last ? batch.kind() : Batch.Kind.DATA;
    Frame.putInt(bytes, start + Frame.LENGTH, out.size() - start - Integer.BYTES);
    bytes[start + Frame.TYPE] = (byte) kind.ordinal();
    bytes[start + Frame.FLAGS] = (byte) (last ? 0 : Frame.CONTINUED);
    Frame.putInt(bytes, start + Frame.CHANNEL, channel.number());
    Frame.putInt(bytes, start + Frame.EPOCH, channel.epoch());
    Frame.putLong(bytes, start + Frame.SEQUENCE, sequence++);
    Frame.putShort(bytes, start + Frame.COUNT, count);
    Frame.putLong(bytes, start + Frame.WATERMARK, last ? batch.watermark() : Long.MIN_VALUE);
    crc.reset();
    crc.update(bytes, start, Frame.CRC);
    crc.update(bytes, start + Frame.PAYLOAD, out.size() - start - Frame.PAYLOAD);
    int sum = (int) crc.getValue();
    Frame.putInt(bytes, start + Frame.CRC, sum);
    joinedCrcs = kind == Batch.Kind.DATA ? joinedCrcs ^ sum : 0;
  }
}
