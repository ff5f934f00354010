package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Aggregators;
import io.geartrain.api.Window;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Times near the least and the greatest, beside numbers without bounds. */
class EdgesOfTimeTest {
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private record Cut(long start, long end) {}

  @Provide
  Arbitrary<Long> times() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(Long.MIN_VALUE, Long.MIN_VALUE + 3_000),
        Arbitraries.longs().between(Long.MAX_VALUE - 3_000, Long.MAX_VALUE),
        Arbitraries.longs().between(-3_000, 3_000),
        Arbitraries.longs());
  }

  @Provide
  Arbitrary<Long> durations() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, 1_000),
        Arbitraries.of(7L, 49L, 1L << 40),
        Arbitraries.longs().between(1, Long.MAX_VALUE / 20));
  }

  @Property(tries = 2_000)
  void shouldAddAsNumbersWithoutBoundsDo(@ForAll("times") long a, @ForAll("times") long b) {
    assertThat(Saturated.plus(a, b)).isEqualTo(cut(big(a).add(big(b))));
    assertThat(Saturated.minus(a, b)).isEqualTo(cut(big(a).subtract(big(b))));
  }

  @Property(tries = 4_000)
  void shouldNameEachWindowThatHoldsARecord(
      @ForAll("times") long timestamp,
      @ForAll("durations") long slide,
      @ForAll @IntRange(min = 10, max = 200) int tenthsOfASlide) {
    long size =
        Math.max(slide, big(slide).multiply(big(tenthsOfASlide)).divide(big(10)).longValue());
    Slices slices =
        Slices.of(new Window.Sliding(Duration.ofMillis(size), Duration.ofMillis(slide)));

    long slice = slices.startOf(timestamp);
    List<Cut> actual = new ArrayList<>();
    long last = slices.lastWindowEnd(slice);
    for (long end = slices.firstWindowEnd(slice); ; end = slices.nextWindowEnd(end)) {
      actual.add(new Cut(slices.windowStart(end), end));
      if (end >= last) {
        break;
      }
    }

    assertThat(actual).isEqualTo(windows(timestamp, size, slide));
    long time = Math.min(timestamp, Long.MAX_VALUE - 1);
    long next = slices.startOf(Saturated.plus(slice, slices.widthMs()));
    assertThat(slices.holds(slice, time)).isEqualTo(slice != Long.MIN_VALUE);
    assertThat(next != slice && slices.holds(next, time)).isFalse();
  }

  /** Those that would end after all time are one. */
  private static List<Cut> windows(long timestamp, long size, long slide) {
    BigInteger time = big(Math.min(timestamp, Long.MAX_VALUE - 1));
    List<Cut> windows = new ArrayList<>();
    BigInteger start = floor(time.subtract(big(size)), big(slide)).add(big(slide));
    while (start.compareTo(time) <= 0) {
      Cut window = new Cut(cut(start), cut(start.add(big(size))));
      if (windows.isEmpty() || windows.get(windows.size() - 1).end() != window.end()) {
        windows.add(window);
      }
      start = start.add(big(slide));
    }
    return windows;
  }

  @Property(tries = 1_000)
  void shouldCutSessionsWhereTimeEnds(
      @ForAll List<@LongRange(min = 0, max = 150) Long> distances,
      @ForAll @IntRange(min = 1, max = 15) int gap)
      throws Exception {
    SessionWindows<Long, long[], Long> law = new SessionWindows<>(gap, Aggregators.counting());
    for (boolean atEnd : new boolean[] {true, false}) {
      KeySessions<long[]> key = new KeySessions<>();
      List<Long> times = new ArrayList<>();
      for (long distance : distances) {
        long time = atEnd ? Long.MAX_VALUE - distance : Long.MIN_VALUE + distance;
        law.add(key, time, time);
        times.add(time);
      }

      List<String> actual = new ArrayList<>();
      for (KeySessions.Session<long[]> session : List.copyOf(key.all())) {
        actual.add(session.start() + ".." + session.end() + ":" + law.close(session));
      }
      assertThat(actual).isEqualTo(sessions(times, gap));
    }
  }

  private static List<String> sessions(List<Long> times, int gap) {
    List<Long> sorted =
        times.stream().map(time -> Math.min(time, Long.MAX_VALUE - 1)).sorted().toList();
    List<String> sessions = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      BigInteger end = big(sorted.get(i - 1)).add(big(gap));
      if (i == sorted.size() || big(sorted.get(i)).compareTo(end) >= 0) {
        sessions.add(sorted.get(from) + ".." + cut(end) + ":" + (i - from));
        from = i;
      }
    }
    return sessions;
  }

  @Test
  void shouldKeepTheWatermarkFromFallingOffTheBeginning() {
    SplitWatermarks watermarks = new SplitWatermarks(1_000, 0, () -> 0);
    SplitWatermarks.Split split = watermarks.add();

    split.observe(Long.MIN_VALUE + 5);
    assertThat(watermarks.current()).isEqualTo(Long.MIN_VALUE);

    split.observe(Long.MAX_VALUE - 1);
    assertThat(watermarks.current()).isEqualTo(Long.MAX_VALUE - 1_002);
  }

  private static BigInteger floor(BigInteger time, BigInteger to) {
    return time.subtract(time.mod(to));
  }

  private static long cut(BigInteger time) {
    return time.max(MIN).min(MAX).longValueExact();
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }
}
