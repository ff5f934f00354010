package io.geartrain.transport;

import io.geartrain.channel.Batch;
import io.geartrain.channel.Incarnation;
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
   * @param bytes of which the first so many are the frame
   * @param into an empty batch
   * @throws CorruptFrame if it is not the next one, whole and of this incarnation, or if its
   *     records are not what a codec writes
   * @throws RefusedRecord if a record can't be made of its bytes
   */
  void read(byte[] bytes, int size, Batch into) {
    checkSize(bytes, size);
    int sum = checkedCrc(bytes, size);
    checkAddress(bytes);
    Batch.Kind kind = checkedKind(bytes);
    in.reset(bytes, Frame.PAYLOAD, size - Frame.PAYLOAD);
    try {
      readRecords(Frame.getShort(bytes, Frame.COUNT), into);
      into.seal(kind, Frame.getLong(bytes, Frame.WATERMARK));
      into.idle((bytes[Frame.FLAGS] & Frame.IDLE) != 0);
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
  }

  private void checkSize(byte[] bytes, int size) {
    if (size < Frame.PAYLOAD || size > Frame.LARGEST_BYTES) {
      throw corrupt(
          "%d bytes came, but a frame has from %d to %d"
              .formatted(size, Frame.PAYLOAD, Frame.LARGEST_BYTES));
    }
    int length = Frame.getInt(bytes, Frame.LENGTH);
    if (length != size - Integer.BYTES) {
      throw corrupt(
          "a frame of %s bytes, of which %d came"
              .formatted(Integer.toUnsignedString(length), size - Integer.BYTES));
    }
  }

  private int checkedCrc(byte[] bytes, int size) {
    crc.reset();
    crc.update(bytes, 0, Frame.CRC);
    crc.update(bytes, Frame.PAYLOAD, size - Frame.PAYLOAD);
    int sum = (int) crc.getValue();
    int sent = Frame.getInt(bytes, Frame.CRC);
    if (sum != sent) {
      throw corrupt(
          "the CRC of frame %d is %08x, but %08x was sent".formatted(sequence, sum, sent));
    }
    return sum;
  }

  private void checkAddress(byte[] bytes) {
    int number = Frame.getInt(bytes, Frame.CHANNEL);
    if (number != channel.number()) {
      throw corrupt("a frame of channel %d in channel %d".formatted(number, channel.number()));
    }
    checkIncarnation(bytes);
    long came = Frame.getLong(bytes, Frame.SEQUENCE);
    if (came != sequence) {
      throw corrupt(
          "frame %d came where %d was due: frames were %s"
              .formatted(came, sequence, came > sequence ? "lost" : "sent twice"));
    }
  }

  private void checkIncarnation(byte[] bytes) {
    long epoch = Frame.getLong(bytes, Frame.EPOCH);
    int attempt = Frame.getInt(bytes, Frame.ATTEMPT);
    int planVersion = Frame.getInt(bytes, Frame.PLAN);
    Incarnation due = channel.incarnation();
    if (epoch != due.epoch() || attempt != due.attempt() || planVersion != due.planVersion()) {
      throw corrupt(
          "a frame of %s, but tasks are of %s"
              .formatted(new Incarnation(epoch, attempt, planVersion), due));
    }
  }

  private Batch.Kind checkedKind(byte[] bytes) {
    int type = bytes[Frame.TYPE];
    int flags = bytes[Frame.FLAGS];
    if (type < 0 || type >= KINDS.length || (flags & ~Frame.IDLE) != 0) {
      throw corrupt(
          "a frame of type %d with flags %d, which this version does not know"
              .formatted(type, flags));
    }
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
    } catch (CorruptDataException e) {
      throw e;
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
