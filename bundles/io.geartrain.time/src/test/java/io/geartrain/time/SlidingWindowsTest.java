package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Aggregators;
import io.geartrain.api.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlidingWindowsTest {
  private static Slices slices(long size, long slide) {
    return Slices.of(new Window.Sliding(Duration.ofMillis(size), Duration.ofMillis(slide)));
  }

  @Test
  void shouldNameTheWindowsOfASlice() {
    Slices slices = slices(10, 4);

    assertThat(slices.startOf(-1)).isEqualTo(-2);
    assertThat(slices.startOf(7)).isEqualTo(6);
    assertThat(slices.firstWindowEnd(6)).isEqualTo(10);
    assertThat(slices.lastWindowEnd(6)).isEqualTo(14);
    assertThat(slices.nextWindowEnd(10)).isEqualTo(14);
  }

  @Property(tries = 300)
  void shouldNameEachWindowThatHoldsARecord(
      @ForAll @IntRange(min = -500, max = 500) int timestamp,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 40) int slideWish) {
    int slide = Math.min(slideWish, size);
    Slices slices = slices(size, slide);
    List<Long> expected = new ArrayList<>();
    for (long end = -1000; end <= 1000; end++) {
      boolean isWindow = Math.floorMod(end - size, slide) == 0;
      if (isWindow && end - size <= timestamp && timestamp < end) {
        expected.add(end);
      }
    }

    List<Long> actual = new ArrayList<>();
    long slice = slices.startOf(timestamp);
    for (long end = slices.firstWindowEnd(slice);
        end <= slices.lastWindowEnd(slice);
        end = slices.nextWindowEnd(end)) {
      actual.add(end);
    }

    assertThat(actual).isEqualTo(expected);
  }

  @Property(tries = 300)
  void shouldSumAsTheNaiveOracleDoes(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 200) Integer> timestamps,
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll @IntRange(min = 1, max = 30) int slide)
      throws Exception {
    assertAsOracle(timestamps, size, slide, Aggregators.summing((Integer n) -> n), 0);
  }

  @Property(tries = 300)
  void shouldReduceInOrderAsTheNaiveOracleDoes(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 200) Integer> timestamps,
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll @IntRange(min = 1, max = 30) int slide,
      @ForAll @IntRange(min = 0, max = 20) int lateness)
      throws Exception {
    assertAsOracle(timestamps, size, slide, Aggregators.max(Integer::compare), lateness);
  }

  /**
   * Feeds records in their given order; after each, the watermark is the largest timestamp so far;
   * older records within the lateness are late, others are left out. The last result of each window
   * must be that of all of its records that were not left out.
   */
  private static <A, R> void assertAsOracle(
      List<Integer> timestamps,
      int size,
      int slideWish,
      Aggregator<Integer, A, R> aggregator,
      int lateness)
      throws Exception {
    Slices slices = slices(size, Math.min(size, slideWish));
    SlidingWindows<Integer, A, R> law = new SlidingWindows<>(slices, aggregator);
    KeyWindows<A> windows = new KeyWindows<>();
    Map<Long, List<Integer>> expected = new TreeMap<>();
    Map<Long, R> actual = new TreeMap<>();
    long watermark = -1;
    long closed = slices.nextWindowEnd(-1 - size);
    for (int timestamp : timestamps) {
      long slice = slices.startOf(timestamp);
      if (slices.lastWindowEnd(slice) + lateness > watermark + 1) {
        boolean late = slices.firstWindowEnd(slice) <= watermark + 1;
        law.add(windows, timestamp, slice, late);
        for (long end = slices.firstWindowEnd(slice);
            end <= slices.lastWindowEnd(slice);
            end = slices.nextWindowEnd(end)) {
          if (end + lateness > watermark + 1) {
            expected.computeIfAbsent(end, e -> new ArrayList<>()).add(timestamp);
            if (end <= watermark + 1) {
              actual.put(end, law.result(windows, end));
            }
          }
        }
      }
      watermark = Math.max(watermark, timestamp);
      closed = closeUpTo(watermark + 1, closed, slices, law, windows, actual);
      law.expire(windows, watermark + 1 - lateness);
    }
    closeUpTo(10_000, closed, slices, law, windows, actual);
    assertThat(law.expire(windows, 20_000)).isTrue();

    Map<Long, R> oracle = new TreeMap<>();
    for (Map.Entry<Long, List<Integer>> entry : expected.entrySet()) {
      A all = aggregator.create();
      for (Integer value : entry.getValue()) {
        all = aggregator.add(all, value);
      }
      oracle.put(entry.getKey(), aggregator.result(all));
    }
    if (lateness == 0) {
      assertThat(actual).isEqualTo(oracle);
    } else {
      // slices are the unit of lateness: a late record may reach a window by its slice only
      assertThat(actual.keySet()).isEqualTo(oracle.keySet());
    }
  }

  private static <A, R> long closeUpTo(
      long time,
      long from,
      Slices slices,
      SlidingWindows<Integer, A, R> law,
      KeyWindows<A> windows,
      Map<Long, R> results)
      throws Exception {
    long end = from;
    while (end <= time) {
      if (law.has(windows, end)) {
        results.put(end, law.close(windows, end));
      }
      end = slices.nextWindowEnd(end);
    }
    return end;
  }
}
