package io.geartrain.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a frame is laid out, little-endian.
 *
 * <pre>
 *   len      u32  how many bytes come after it
 *   type     u8   what follows the records: 0 nothing, 1 a barrier, 2 the end
 *   flags    u8   1: the producer is idle
 *   channel  u32  number of the channel
 *   epoch    u64  of the app master
 *   attempt  u32  how often tasks were set up in this epoch
 *   plan     u32  version of the plan
 *   seq      u64  number of the frame within its channel, from 0
 *   count    u16  records
 *   wm       i64  watermark that holds after them, in ms
 *   crc32c   u32  of all before it and of the payload
 *   payload       for each record: timestamp less the one before, value with the number of its type;
 *                 then, of a barrier or an end: id of the checkpoint, records since the barrier
 *                 before, and the CRCs of all frames since it, joined by exclusive or
 * </pre>
 */
final class Frame {
  static final int LENGTH = 0;
  static final int TYPE = 4;
  static final int FLAGS = 5;
  static final int CHANNEL = 6;
  static final int EPOCH = 10;
  static final int ATTEMPT = 18;
  static final int PLAN = 22;
  static final int SEQUENCE = 26;
  static final int COUNT = 34;
  static final int WATERMARK = 36;
  static final int CRC = 44;
  static final int PAYLOAD = 48;

  /** Most records of one frame. */
  static final int MOST_RECORDS = 0xFFFF;

  /** A frame of this size takes no further record; the rest of the batch gets frames of its own. */
  static final int FULL_BYTES = 1 << 20;

  /** No record is larger. */
  static final int LARGEST_RECORD_BYTES = 64 << 20;

  /** No frame is larger, so that no length that was damaged makes anybody allocate more. */
  static final int LARGEST_BYTES = FULL_BYTES + LARGEST_RECORD_BYTES + 64;

  /** The flag of a producer that gets nothing now. */
  static final int IDLE = 1;

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private Frame() {}

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  static int getShort(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at) & 0xFFFF;
  }

  static void putShort(byte[] bytes, int at, int value) {
    SHORTS.set(bytes, at, (short) value);
  }

  static int getInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  static long getLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }
}
