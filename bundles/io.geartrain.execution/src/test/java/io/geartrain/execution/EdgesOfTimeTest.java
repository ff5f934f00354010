package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.Processor;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records at the least and the greatest time, and what comes only at the end of input. */
class EdgesOfTimeTest {
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  record Event(String key, long time) {}

  static List<Window> windows() {
    return List.of(
        Window.tumbling(Duration.ofMillis(10)),
        Window.tumbling(Duration.ofMillis(7)),
        Window.tumbling(Duration.ofDays(1)),
        Window.sliding(Duration.ofMinutes(10), Duration.ofMinutes(1)),
        Window.sliding(Duration.ofMillis(10), Duration.ofMillis(4)),
        Window.session(Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void shouldCountWhatAStepEmitsAtTheEnd(Window window) {
    CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 50, 2))
                    .id("numbers")
                    .process(Long.class, Total::new)
                    .id("total")
                    .parallelism(1)
                    .keyBy(String.class, total -> "total " + total)
                    .window(window)
                    .count()
                    .id("count")
                    .to(sink),
            2);

    assertCountedOnce(run, sink, "total 50");
  }

  @ParameterizedTest
  @MethodSource("windows")
  void shouldCountTheResultsOfAWindowOverAllTime(Window window) {
    CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 50, 2))
                    .id("numbers")
                    .keyBy(Integer.class, n -> n % 5)
                    .window(Window.global())
                    .count()
                    .id("all")
                    .keyBy(String.class, all -> "five of " + all.value())
                    .window(window)
                    .allowedLateness(Duration.ofDays(1))
                    .sum(all -> 1)
                    .id("count")
                    .to(sink),
            2);

    assertThat(sink.visible).extracting(Windowed::value).containsExactly(5L);
    assertCountedOnce(run, sink, "five of 10");
  }

  private static void assertCountedOnce(
      Run run, CollectingSink<Windowed<String, Long>> sink, String key) {
    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible)
        .singleElement()
        .satisfies(
            count -> {
              assertThat(count.key()).isEqualTo(key);
              assertThat(count.end()).isEqualTo(Long.MAX_VALUE);
            });
    assertThat(run.execution.metrics())
        .flatExtracting(TaskMetrics::processors)
        .extracting(ProcessorMetrics::recordsLate)
        .containsOnly(0L);
  }

  @Test
  void shouldCountWindowsAnywhereInTimeAsTheOracleDoes() {
    long[] sizes = {10, 7, 60_000, 1L << 40};
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<List<Event>> splits = List.of(events(random), events(random));
      long size = sizes[random.nextInt(sizes.length)];
      long slide = Math.max(1, size / (1 + random.nextInt(5)));
      Duration lateness = Duration.ofMillis(random.nextBoolean() ? 0 : Long.MAX_VALUE);
      Duration disorder = Duration.ofMillis(random.nextInt(100));
      CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();
      StreamApplication app =
          (streams, settings) ->
              streams
                  .from(new ListSource<>(Event.class, splits, 3))
                  .eventTime(Event::time, disorder)
                  .keyBy(String.class, Event::key)
                  .window(Window.sliding(Duration.ofMillis(size), Duration.ofMillis(slide)))
                  .allowedLateness(lateness)
                  .count()
                  .id("count")
                  .to(sink);

      Run run = Run.of(app, 2, new ChannelSizes(4, 2), seed);
      run.go();

      assertThat(run.outcomes.failed).isEmpty();
      Map<String, Long> actual = new TreeMap<>();
      sink.visible.forEach(
          count ->
              assertThat(
                      actual.put(
                          count.key() + "@" + count.start() + ".." + count.end(), count.value()))
                  .isNull());
      assertThat(actual).as("seed " + seed).isEqualTo(counts(splits, size, slide));
    }
  }

  /** In the order of time. */
  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    for (long edge : new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}) {
      for (int i = random.nextInt(20); i > 0; i--) {
        long distance = random.nextInt(random.nextBoolean() ? 3 : 100_000);
        long time = edge > 0 ? edge - distance : edge + distance;
        events.add(new Event("k" + random.nextInt(3), time));
      }
    }
    events.sort((a, b) -> Long.compare(a.time(), b.time()));
    return events;
  }

  /** Windows that would end after all time are one, from the start of the first of them. */
  private static Map<String, Long> counts(List<List<Event>> splits, long size, long slide) {
    Map<String, Long> counts = new TreeMap<>();
    for (Event event : splits.stream().flatMap(List::stream).toList()) {
      BigInteger time = big(event.time()).min(MAX.subtract(BigInteger.ONE));
      BigInteger start = time.subtract(big(size));
      start = start.subtract(start.mod(big(slide))).add(big(slide));
      boolean last = false;
      for (; start.compareTo(time) <= 0 && !last; start = start.add(big(slide))) {
        BigInteger end = start.add(big(size)).min(MAX);
        counts.merge(event.key() + "@" + start.max(MIN) + ".." + end, 1L, Long::sum);
        last = end.equals(MAX);
      }
    }
    return counts;
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }

  /** Tells at the end how many there were. */
  private static final class Total implements Processor<Integer, Long> {
    private long records;

    @Override
    public void process(Integer value, long timestamp, Emitter<Long> out) {
      records++;
    }

    @Override
    public void onEnd(Emitter<Long> out) {
      out.emit(records);
    }
  }
}
