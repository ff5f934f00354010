package io.geartrain.metrics;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/** The latencies of several tasks within some time. One thread. */
public final class LatencySum {
  private final Histogram sum =
      new Histogram(
          LatencyHistogram.LOWEST_NANOS, LatencyHistogram.HIGHEST_NANOS, LatencyHistogram.DIGITS);

  /**
   * Adds what one task has recorded in a while.
   *
   * @param before at its beginning
   * @param after at its end, of the same task
   */
  public void add(Latencies before, Latencies after) {
    if (!before.equals(after)) {
      Histogram grown = decode(after);
      if (!before.equals(Latencies.NONE)) {
        grown.subtract(decode(before));
      }
      sum.add(grown);
    }
  }

  private static Histogram decode(Latencies latencies) {
    byte[] bytes = Base64.getDecoder().decode(latencies.histogram());
    return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), LatencyHistogram.HIGHEST_NANOS);
  }

  /** How many there are. */
  public long count() {
    return sum.getTotalCount();
  }

  /** The time within which so many percent were, in ns. */
  public long percentileNanos(double percent) {
    return sum.getValueAtPercentile(percent);
  }

  /** The longest, in ns. */
  public long maxNanos() {
    return sum.getMaxValue();
  }
}
