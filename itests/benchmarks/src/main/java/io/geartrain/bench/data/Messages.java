package io.geartrain.bench.data;

/** The messages of W1: 1,024 arrays of 100 bytes, over and over. */
public final class Messages {
  /** How many different ones there are; a power of two. */
  public static final int COUNT = 1024;

  private static final int BYTES = 100;

  private Messages() {}

  /** All of them. */
  public static byte[][] create() {
    byte[][] messages = new byte[COUNT][BYTES];
    for (int i = 0; i < COUNT; i++) {
      for (int b = 0; b < BYTES; b++) {
        messages[i][b] = (byte) (i * 31 + b * 7);
      }
    }
    return messages;
  }

  /** What reading a message gives. */
  public static long read(byte[] message) {
    return message[0];
  }

  /** The checksum of the first {@code n} messages. */
  public static long checksum(long n) {
    long cycle = 0;
    long rest = 0;
    byte[][] messages = create();
    for (int i = 0; i < COUNT; i++) {
      cycle += read(messages[i]);
      rest += i < n % COUNT ? read(messages[i]) : 0;
    }
    return n / COUNT * cycle + rest;
  }
}
