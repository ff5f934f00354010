package io.geartrain.bench.data;

/**
 * A record of W4.
 *
 * @param key one of {@link #KEYS}
 * @param created when it was made, by {@link System#nanoTime}
 * @param due when it should have been made
 * @param stage of the run when it was made: {@link Meter#stage}
 */
public record Event(Integer key, long created, long due, int stage) {
  /** How many keys there are; a power of two. */
  public static final int KEYS = 1024;

  /** Key of the n-th event. */
  public static int keyOf(long n) {
    return (int) (n * 0x9E3779B97F4A7C15L >>> 54);
  }

  /** What the sink makes of an update. */
  public static long read(int key, long count) {
    return (key + 1) * count;
  }

  /** The checksum of the updates of the first events. */
  public static long checksum(long events) {
    long[] counts = new long[KEYS];
    for (long n = 0; n < events; n++) {
      counts[keyOf(n)]++;
    }
    long sum = 0;
    for (int key = 0; key < KEYS; key++) {
      sum += read(key, counts[key] * (counts[key] + 1) / 2);
    }
    return sum;
  }
}
