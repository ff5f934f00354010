package io.geartrain.transport;

import io.geartrain.channel.Batch;
import io.geartrain.spi.Codec;
import io.geartrain.spi.CodecException;
import io.geartrain.spi.CorruptDataException;
import io.geartrain.spi.Input;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Makes batches of the frames of one channel again, and refuses what is not the next frame that was
 * sent; on the receiving task's thread.
 */
final class FrameDecoder {
  private static final Batch.Kind[] KINDS = Batch.Kind.values();

  private final FrameChannel channel;
  private final Supplier<Codec<Object>> codecs;
  private final CRC32C crc = new CRC32C();
  private final Input in = new Input();
  private Codec<Object> codec;
  private long sequence;
  private int joinedCrcs;
  private boolean continued;

  /**
   * A decoder.
   *
   * @param codecs asked once, on the task's thread
   */
  FrameDecoder(FrameChannel channel, Supplier<Codec<Object>> codecs) {
    this.channel = channel;
    this.codecs = codecs;
  }

  /**
   * Takes a frame.
   *
   * @param offset where it begins
   * @param end where the bytes end
   * @param into an empty batch
   * @return where the frame ends
   * @throws CorruptFrame if it is not the next one, whole and of this epoch
   * @throws RefusedRecord if a record can't be made of its bytes
   */
  int read(byte[] bytes, int offset, int end, Batch into) {
    int size = checkedSize(bytes, offset, end);
    int sum = checkedCrc(bytes, offset, size);
    checkAddress(bytes, offset);
    Batch.Kind kind = checkedKind(bytes, offset);
    in.reset(bytes, offset + Frame.PAYLOAD, size - Frame.PAYLOAD);
    try {
      readRecords(Frame.getShort(bytes, offset + Frame.COUNT), into);
      into.seal(kind, Frame.getLong(bytes, offset + Frame.WATERMARK));
      if (kind != Batch.Kind.DATA) {
        into.mark(in.readVarLong(), in.readVarLong());
        int sent = in.readInt();
        if (sent != joinedCrcs) {
          throw corrupt("the frames since the last barrier are not those that were sent");
        }
      }
    } catch (CorruptDataException e) {
      throw corrupt(e.getMessage());
    }
    if (in.remaining() > 0) {
      throw corrupt(in.remaining() + " bytes too many in frame " + sequence);
    }
    joinedCrcs = kind == Batch.Kind.DATA ? joinedCrcs ^ sum : 0;
    sequence++;
    return offset + size;
  }

  /** Whether the batch of the frame that was read last goes on in the next one. */
  boolean isContinued() {
    return continued;
  }

  private int checkedSize(byte[] bytes, int offset, int end) {
    int available = end - offset;
    if (available < Frame.PAYLOAD) {
      throw corrupt(available + " bytes are fewer than a frame has");
    }
    int length = Frame.getInt(bytes, offset + Frame.LENGTH);
    if (length < Frame.PAYLOAD - Integer.BYTES || length > available - Integer.BYTES) {
      throw corrupt(
          "a frame of %s bytes, of which %d came"
              .formatted(Integer.toUnsignedString(length), available - Integer.BYTES));
    }
    return length + Integer.BYTES;
  }

  private int checkedCrc(byte[] bytes, int offset, int size) {
    crc.reset();
    crc.update(bytes, offset, Frame.CRC);
    crc.update(bytes, offset + Frame.PAYLOAD, size - Frame.PAYLOAD);
    int sum = (int) crc.getValue();
    int sent = Frame.getInt(bytes, offset + Frame.CRC);
    if (sum != sent) {
      throw corrupt(
          "the CRC of frame %d is %08x, but %08x was sent".formatted(sequence, sum, sent));
    }
    return sum;
  }

  private void checkAddress(byte[] bytes, int offset) {
    int number = Frame.getInt(bytes, offset + Frame.CHANNEL);
    if (number != channel.number()) {
      throw corrupt("a frame of channel %d in channel %d".formatted(number, channel.number()));
    }
    int epoch = Frame.getInt(bytes, offset + Frame.EPOCH);
    if (epoch != channel.epoch()) {
      throw corrupt("a frame of epoch %d in epoch %d".formatted(epoch, channel.epoch()));
    }
    long came = Frame.getLong(bytes, offset + Frame.SEQUENCE);
    if (came != sequence) {
      throw corrupt(
          "frame %d came where %d was due: frames were %s"
              .formatted(came, sequence, came > sequence ? "lost" : "sent twice"));
    }
  }

  private Batch.Kind checkedKind(byte[] bytes, int offset) {
    int type = bytes[offset + Frame.TYPE];
    int flags = bytes[offset + Frame.FLAGS];
    if (type < 0 || type >= KINDS.length || (flags & ~Frame.CONTINUED) != 0) {
      throw corrupt(
          "a frame of type %d with flags %d, which this version does not know"
              .formatted(type, flags));
    }
    continued = flags == Frame.CONTINUED;
    return KINDS[type];
  }

  private void readRecords(int count, Batch into) {
    if (count > 0 && codec == null) {
      codec = codecs.get();
    }
    long timestamp = 0;
    for (int i = 0; i < count; i++) {
      timestamp += in.readSignedLong();
      Object value = readValue(timestamp);
      if (!into.add(value, timestamp) && i + 1 < count) {
        into.grow();
      }
    }
  }

  private Object readValue(long timestamp) {
    try {
      return codec.read(in);
    } catch (CodecException e) {
      throw new RefusedRecord(
          channel.to(),
          null,
          timestamp,
          "%s: a record can't be made of its bytes: %s".formatted(channel.edge(), e.getMessage()),
          e);
    }
  }

  /** The error to throw where bytes are wrong. */
  CorruptFrame corrupt(String what) {
    return new CorruptFrame(channel, what);
  }
}
