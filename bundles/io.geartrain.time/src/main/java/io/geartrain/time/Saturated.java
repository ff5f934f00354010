package io.geartrain.time;

/** Sums of event times and durations, in ms; what would lie beyond all time stays at its edge. */
public final class Saturated {
  private Saturated() {}

  /** A time so much later. */
  public static long plus(long timeMs, long durationMs) {
    long sum = timeMs + durationMs;
    boolean wrapped = ((timeMs ^ sum) & (durationMs ^ sum)) < 0;
    return wrapped ? edge(timeMs) : sum;
  }

  /** A time so much earlier, or the distance between two times. */
  public static long minus(long timeMs, long durationMs) {
    long difference = timeMs - durationMs;
    boolean wrapped = ((timeMs ^ durationMs) & (timeMs ^ difference)) < 0;
    return wrapped ? edge(timeMs) : difference;
  }

  private static long edge(long timeMs) {
    return timeMs < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
