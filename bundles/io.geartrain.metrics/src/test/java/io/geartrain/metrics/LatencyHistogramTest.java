package io.geartrain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private final LatencyHistogram left = new LatencyHistogram();
  private final LatencyHistogram right = new LatencyHistogram();

  @Test
  void shouldTellThePercentilesOfAllTasks() {
    for (int micros = 1; micros <= 500; micros++) {
      left.record(TimeUnit.MICROSECONDS.toNanos(micros));
      right.record(TimeUnit.MICROSECONDS.toNanos(500 + micros));
    }
    LatencySum sum = new LatencySum();
    sum.add(Latencies.NONE, left.copy());
    sum.add(Latencies.NONE, right.copy());

    assertThat(sum.count()).isEqualTo(1_000);
    assertThat(sum.percentileNanos(50)).isCloseTo(500_000, Percentage.withPercentage(1));
    assertThat(sum.percentileNanos(99)).isCloseTo(990_000, Percentage.withPercentage(1));
    assertThat(sum.maxNanos()).isCloseTo(1_000_000, Percentage.withPercentage(1));
  }

  @Test
  void shouldTellThoseOfAWhileOnly() {
    left.record(TimeUnit.SECONDS.toNanos(3));
    Latencies before = left.copy();
    left.record(20_000);
    LatencySum sum = new LatencySum();

    sum.add(before, left.copy());

    assertThat(sum.count()).isEqualTo(1);
    assertThat(sum.maxNanos()).isCloseTo(20_000, within(1_000L));
  }

  @Test
  void shouldCopyTheSameUntilMoreIsRecorded() {
    assertThat(left.copy()).isEqualTo(Latencies.NONE);
    left.record(7_000);
    Latencies copy = left.copy();

    assertThat(copy).isNotEqualTo(Latencies.NONE);
    assertThat(left.copy()).isEqualTo(copy);
    LatencySum sum = new LatencySum();
    sum.add(copy, left.copy());
    assertThat(sum.count()).isZero();
  }

  @Test
  void shouldTakeWhatIsOutOfItsRangeForItsEnds() {
    left.record(-5);
    left.record(Long.MAX_VALUE);
    LatencySum sum = new LatencySum();
    sum.add(Latencies.NONE, left.copy());

    assertThat(sum.count()).isEqualTo(2);
    assertThat(sum.percentileNanos(50)).isLessThan(1_000);
    assertThat(sum.maxNanos())
        .isCloseTo(TimeUnit.SECONDS.toNanos(1_000), Percentage.withPercentage(1));
  }

  /** What travels each second has to be small. */
  @Test
  void shouldStaySmallWhateverWasRecorded() {
    for (long nanos = 1; nanos < TimeUnit.SECONDS.toNanos(100); nanos += nanos / 100 + 1) {
      left.record(nanos);
    }

    assertThat(left.copy().histogram()).hasSizeLessThan(8_000);
  }
}
