package io.geartrain.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Bytes being read, as {@link Output} wrote them. Reads past the end and lengths that can't be true
 * are refused before anything is allocated. Owned by one thread; made to be reused.
 */
public final class Input {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int start;
  private int position;
  private int limit;
  private int depth;

  /** An input without bytes. */
  public Input() {}

  /** An input over a whole array. */
  public Input(byte[] bytes) {
    reset(bytes, 0, bytes.length);
  }

  /** Starts over with part of an array, which must not change while it is read. */
  public void reset(byte[] bytes, int offset, int length) {
    if (offset < 0 || length < 0 || length > bytes.length - offset) {
      throw new IllegalArgumentException(
          offset + " + " + length + " is outside of " + bytes.length + " bytes");
    }
    this.bytes = bytes;
    start = offset;
    position = offset;
    limit = offset + length;
    depth = 0;
  }

  /** How many bytes were read since the last {@link #reset}. */
  public int position() {
    return position - start;
  }

  /** How many bytes are left. */
  public int remaining() {
    return limit - position;
  }

  /** A value that holds others begins; refuses what no {@link Output} would have nested so deep. */
  public void enter() {
    if (++depth > Output.MAX_DEPTH) {
      throw corrupt("values nested more than " + Output.MAX_DEPTH + " deep");
    }
  }

  /** A value that holds others is complete. */
  public void exit() {
    depth--;
  }

  /** Takes a byte, without sign. */
  public int readByte() {
    need(1);
    return bytes[position++] & 0xFF;
  }

  /** Takes a byte that is 0 or 1. */
  public boolean readBoolean() {
    int value = readByte();
    if (value > 1) {
      throw corrupt("a truth value of " + value);
    }
    return value == 1;
  }

  /** Takes 4 bytes. */
  public int readInt() {
    need(4);
    int value = (int) INTS.get(bytes, position);
    position += 4;
    return value;
  }

  /** Takes 8 bytes. */
  public long readLong() {
    need(8);
    long value = (long) LONGS.get(bytes, position);
    position += 8;
    return value;
  }

  /** Takes 4 bytes. */
  public float readFloat() {
    return Float.intBitsToFloat(readInt());
  }

  /** Takes 8 bytes. */
  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  /** Takes what {@link Output#writeVarInt} wrote. */
  public int readVarInt() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = readByte();
      if (shift == 28 && next > 0x0F) {
        break;
      }
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw corrupt("a number of more than 32 bits");
  }

  /** Takes what {@link Output#writeVarLong} wrote. */
  public long readVarLong() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = readByte();
      if (shift == 63 && next > 1) {
        break;
      }
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw corrupt("a number of more than 64 bits");
  }

  /** Takes what {@link Output#writeSignedInt} wrote. */
  public int readSignedInt() {
    int value = readVarInt();
    return value >>> 1 ^ -(value & 1);
  }

  /** Takes what {@link Output#writeSignedLong} wrote. */
  public long readSignedLong() {
    long value = readVarLong();
    return value >>> 1 ^ -(value & 1);
  }

  /**
   * Takes a number of elements that {@link Output#writeVarInt} wrote.
   *
   * @param elementBytes the fewest bytes that an element takes; at least 1
   * @throws CorruptDataException if what is left can't hold so many
   */
  public int readLength(int elementBytes) {
    int length = readVarInt();
    if (length < 0 || length > remaining() / elementBytes) {
      throw corrupt(
          Integer.toUnsignedString(length) + " elements, with " + remaining() + " bytes left");
    }
    return length;
  }

  /** Takes bytes as they are. */
  public void readBytes(byte[] target, int offset, int length) {
    need(length);
    System.arraycopy(bytes, position, target, offset, length);
    position += length;
  }

  /** Takes a text. */
  public String readString() {
    long header = readVarLong();
    long length = header >>> 1;
    boolean wide = (header & 1) != 0;
    if (length > (wide ? remaining() / 2 : remaining())) {
      throw corrupt("a text of " + length + " chars, with " + remaining() + " bytes left");
    }
    int chars = (int) length;
    if (!wide) {
      String value = new String(bytes, position, chars, StandardCharsets.ISO_8859_1);
      position += chars;
      return value;
    }
    char[] value = new char[chars];
    byte[] from = bytes;
    int at = position;
    for (int i = 0; i < chars; i++) {
      value[i] = (char) (from[at] & 0xFF | from[at + 1] << 8);
      at += 2;
    }
    position = at;
    return new String(value);
  }

  /** The error to throw where the bytes are wrong; says at which byte. */
  public CorruptDataException corrupt(String what) {
    return new CorruptDataException("damaged data at byte " + position() + ": " + what);
  }

  private void need(int more) {
    if (more > limit - position) {
      throw corrupt(more + " bytes wanted, " + remaining() + " left");
    }
  }
}
