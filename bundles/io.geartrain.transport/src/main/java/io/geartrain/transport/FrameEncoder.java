package io.geartrain.transport;

import io.geartrain.channel.Batch;
import io.geartrain.channel.Incarnation;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Output;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Makes frames of the batches of one channel; on the sending task's thread. */
final class FrameEncoder {
  private final FrameChannel channel;
  private final Supplier<Codec<Object>> codecs;
  private final CRC32C crc = new CRC32C();
  private Codec<Object> codec;
  private long sequence;
  private int joinedCrcs;
  private long watermark = Long.MIN_VALUE;

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
   * Appends one frame, of as many records as it holds. What follows the records of the batch goes
   * with the last of them.
   *
   * @param first the place of the first record to write
   * @return the place of the first that did not fit; the size of the batch if all of it is written
   * @throws RefusedRecord if a record can't be written
   */
  int write(Batch batch, int first, Output out) {
    int start = out.size();
    out.skip(Frame.PAYLOAD);
    int next = writeRecords(batch, first, start, out);
    boolean last = next == batch.size();
    if (last) {
      watermark = batch.watermark();
    }
    if (last && batch.kind() != Batch.Kind.DATA) {
      out.writeVarLong(batch.checkpoint());
      out.writeVarLong(batch.sent());
      out.writeInt(joinedCrcs);
    }
    complete(
        last ? batch.kind() : Batch.Kind.DATA, last && batch.isIdle(), next - first, start, out);
    return next;
  }

  private int writeRecords(Batch batch, int first, int start, Output out) {
    Object[] values = batch.values();
    long[] timestamps = batch.timestamps();
    long before = 0;
    int at = first;
    while (at < batch.size()
        && at - first < Frame.MOST_RECORDS
        && out.size() - start < Frame.FULL_BYTES) {
      out.writeSignedLong(timestamps[at] - before);
      before = timestamps[at];
      int begin = out.size();
      writeValue(values[at], before, out);
      if (out.size() - begin > Frame.LARGEST_RECORD_BYTES) {
        throw refused(
            values[at],
            before,
            "it takes %d bytes, of which a channel carries at most %d; send a reference to large data, or parts of it"
                .formatted(out.size() - begin, Frame.LARGEST_RECORD_BYTES),
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

  private void complete(Batch.Kind kind, boolean idle, int count, int start, Output out) {
    byte[] bytes = out.array();
    Incarnation incarnation = channel.incarnation();
    Frame.putInt(bytes, start + Frame.LENGTH, out.size() - start - Integer.BYTES);
    bytes[start + Frame.TYPE] = (byte) kind.ordinal();
    bytes[start + Frame.FLAGS] = (byte) (idle ? Frame.IDLE : 0);
    Frame.putInt(bytes, start + Frame.CHANNEL, channel.number());
    Frame.putLong(bytes, start + Frame.EPOCH, incarnation.epoch());
    Frame.putInt(bytes, start + Frame.ATTEMPT, incarnation.attempt());
    Frame.putInt(bytes, start + Frame.PLAN, incarnation.planVersion());
    Frame.putLong(bytes, start + Frame.SEQUENCE, sequence++);
    Frame.putShort(bytes, start + Frame.COUNT, count);
    Frame.putLong(bytes, start + Frame.WATERMARK, watermark);
    crc.reset();
    crc.update(bytes, start, Frame.CRC);
    crc.update(bytes, start + Frame.PAYLOAD, out.size() - start - Frame.PAYLOAD);
    int sum = (int) crc.getValue();
    Frame.putInt(bytes, start + Frame.CRC, sum);
    joinedCrcs = kind == Batch.Kind.DATA ? joinedCrcs ^ sum : 0;
  }
}
