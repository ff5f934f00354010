package io.geartrain.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes being written, little-endian; grows as needed. Owned by one thread; made to be reused. */
public final class Output {
  /** How deep values may be nested; deeper ones are taken for cyclic. */
  public static final int MAX_DEPTH = 100;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private byte[] bytes;
  private int size;
  private int depth;

  /** An empty output. */
  public Output() {
    this(256);
  }

  /**
   * An empty output.
   *
   * @param capacity how many bytes it holds before it grows
   */
  public Output(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** How many bytes were written since the last {@link #clear}. */
  public int size() {
    return size;
  }

  /** The bytes themselves, of which the first {@link #size} count; valid until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Starts over; keeps the room. */
  public void clear() {
    size = 0;
    depth = 0;
  }

  /** Forgets what was written after an earlier {@link #size}. */
  public void truncate(int size) {
    if (size < 0 || size > this.size) {
      throw new IllegalArgumentException("can't cut " + this.size + " bytes to " + size);
    }
    this.size = size;
    depth = 0;
  }

  /**
   * A value that holds others begins.
   *
   * @throws CodecException if it is nested too deep
   */
  public void enter() {
    if (++depth > MAX_DEPTH) {
      throw new CodecException(
          "the value is cyclic, or nested more than "
              + MAX_DEPTH
              + " deep; use a list rather than linked records");
    }
  }

  /** A value that holds others is complete. */
  public void exit() {
    depth--;
  }

  /**
   * Leaves room for bytes that are set in the {@link #array} afterwards; what is there is unknown.
   */
  public void skip(int length) {
    ensure(length);
    size += length;
  }

  /** Appends the low 8 bits. */
  public void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** Appends one byte. */
  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /** Appends 4 bytes. */
  public void writeInt(int value) {
    ensure(4);
    INTS.set(bytes, size, value);
    size += 4;
  }

  /** Appends 8 bytes. */
  public void writeLong(long value) {
    ensure(8);
    LONGS.set(bytes, size, value);
    size += 8;
  }

  /** Appends 4 bytes; every bit pattern is kept. */
  public void writeFloat(float value) {
    writeInt(Float.floatToRawIntBits(value));
  }

  /** Appends 8 bytes; every bit pattern is kept. */
  public void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /** Appends 1 to 5 bytes, fewer for smaller numbers without sign. */
  public void writeVarInt(int value) {
    ensure(5);
    byte[] to = bytes;
    int at = size;
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    size = at;
  }

  /** Appends 1 to 10 bytes, fewer for smaller numbers without sign. */
  public void writeVarLong(long value) {
    ensure(10);
    byte[] to = bytes;
    int at = size;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    size = at;
  }

  /** Appends 1 to 5 bytes, fewer for numbers nearer to zero. */
  public void writeSignedInt(int value) {
    writeVarInt(value << 1 ^ value >> 31);
  }

  /** Appends 1 to 10 bytes, fewer for numbers nearer to zero. */
  public void writeSignedLong(long value) {
    writeVarLong(value << 1 ^ value >> 63);
  }

  /** Appends part of an array, as it is. */
  public void writeBytes(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Appends a text with its length; every sequence of chars is kept, unpaired surrogates too. */
  @SuppressWarnings("deprecation") // the one way to copy low bytes without allocation
  public void writeString(String value) {
    int length = value.length();
    boolean wide = false;
    for (int i = 0; i < length; i++) {
      if (value.charAt(i) > 0xFF) {
        wide = true;
        break;
      }
    }
    writeVarLong((long) length << 1 | (wide ? 1 : 0));
    if (wide) {
      ensure(2L * length);
      byte[] to = bytes;
      int at = size;
      for (int i = 0; i < length; i++) {
        char c = value.charAt(i);
        to[at++] = (byte) c;
        to[at++] = (byte) (c >>> 8);
      }
      size = at;
    } else {
      ensure(length);
      value.getBytes(0, length, bytes, size);
      size += length;
    }
  }

  private void ensure(long more) {
    if (more > bytes.length - size) {
      grow(more);
    }
  }

  private void grow(long more) {
    long needed = size + more;
    if (needed > LARGEST) {
      throw new CodecException(
          "a value of more than " + size + " bytes can't be written; the limit is " + LARGEST);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, 2L * bytes.length)));
  }
}
