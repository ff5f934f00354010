package io.geartrain.bench.data;

import java.util.Arrays;

/**
 * How many records there were at which time, noted some times a second, so that the rate of any
 * phase can be told afterwards; on one thread.
 */
public final class Timeline {
  private static final long NOTE_EVERY_NANOS = 20_000_000;

  private final long nanosBefore1970 = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
  private long[] times = new long[256];
  private long[] counts = new long[256];
  private int size;
  private long nextNanos = Long.MIN_VALUE;

  /** An empty one. */
  public Timeline() {}

  /** There were so many records, by {@link System#nanoTime}. */
  public void note(long nowNanos, long records) {
    if (size > 0 && nowNanos - nextNanos < 0) {
      return;
    }
    nextNanos = nowNanos + NOTE_EVERY_NANOS;
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    times[size] = (nowNanos + nanosBefore1970) / 1_000;
    counts[size++] = records;
  }

  /** As text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ",").append(times[i]).append(':').append(counts[i]);
    }
    return text.toString();
  }

  /** From text. */
  public static Timeline of(String text) {
    Timeline timeline = new Timeline();
    String[] notes = text.split(",");
    timeline.times = new long[notes.length];
    timeline.counts = new long[notes.length];
    for (String note : notes) {
      int at = note.indexOf(':');
      timeline.times[timeline.size] = Long.parseLong(note.substring(0, at));
      timeline.counts[timeline.size++] = Long.parseLong(note.substring(at + 1));
    }
    return timeline;
  }

  /**
   * How many records there were at a time, in a straight line between two notes.
   *
   * @param micros since 1970
   */
  public double at(long micros) {
    int found = Arrays.binarySearch(times, 0, size, micros);
    if (found >= 0) {
      return counts[found];
    }
    int after = -found - 1;
    if (after == 0 || after == size) {
      throw new IllegalArgumentException(
          micros + " is not within the run, " + times[0] + " to " + times[size - 1]);
    }
    double part = (micros - times[after - 1]) / (double) (times[after] - times[after - 1]);
    return counts[after - 1] + part * (counts[after] - counts[after - 1]);
  }
}
