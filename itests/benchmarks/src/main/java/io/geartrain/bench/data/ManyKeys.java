package io.geartrain.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The keys of the workload whose state is large: each of two parts first gives its half of all keys
 * once, then any of them.
 */
public final class ManyKeys {
  /** How many events a second both parts give when the state stands. */
  public static final long PACED_PER_SECOND = 50_000;

  /** How long the paced events are not measured, while what is under way still flows off. */
  public static final long SETTLING_NANOS = 500_000_000;

  private static final String PACED = "paced-";
  private static final String SAVED = "saved";

  private ManyKeys() {}

  /** Key of the n-th event of a part. */
  public static int key(int part, long n, int keys) {
    if (n < keys / 2) {
      return (int) (2 * n + part);
    }
    long mixed = (2 * n + part) * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    return (int) ((mixed * 0xD6E8FEB86659FD93L >>> 32) * keys >>> 32);
  }

  /** What the sink makes of an update. */
  public static long read(int key, long count) {
    return (key + 1) * count;
  }

  /**
   * The checksum of the updates of the events from some positions to others.
   *
   * @param from position of each part
   * @param to position of each part, not included
   */
  public static long checksum(int keys, List<Long> from, List<Long> to) {
    int[] counts = new int[keys];
    count(keys, from.stream().map(position -> 0L).toList(), from, counts);
    return count(keys, from, to, counts);
  }

  private static long count(int keys, List<Long> from, List<Long> to, int[] counts) {
    long sum = 0;
    for (int part = 0; part < to.size(); part++) {
      for (long n = from.get(part); n < to.get(part); n++) {
        int key = key(part, n, keys);
        sum += read(key, ++counts[key]);
      }
    }
    return sum;
  }

  /** A part has filled the state and was measured; from now on its events are paced. */
  public static void tellPaced(Path report, String part) throws IOException {
    Files.createFile(report.resolve(PACED + part));
  }

  /** Whether both parts are paced. */
  public static boolean paced(Path report) {
    return Files.exists(report.resolve(PACED + "part-0"))
        && Files.exists(report.resolve(PACED + "part-1"));
  }

  /** The savepoint stands: the run may end. */
  public static void tellSaved(Path report) throws IOException {
    Files.createFile(report.resolve(SAVED));
  }

  /** Whether the savepoint stands. */
  public static boolean saved(Path report) {
    return Files.exists(report.resolve(SAVED));
  }
}
