package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.Keyed;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.MapState;
import io.geartrain.api.OutputTag;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Timers;
import io.geartrain.api.ValueState;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.channel.ChannelSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Windows, state and timers through whole topologies, on drawn orders of turns. */
class EventTimeTest {
  private static final OutputTag<Event> LATE = new OutputTag<>("late", Event.class);

  record Event(String key, long time) {}

  private static List<List<Event>> events(Random random, int splits, int disorderMs) {
    List<List<Event>> all = new ArrayList<>();
    for (int split = 0; split < splits; split++) {
      List<Event> events = new ArrayList<>();
      long now = 0;
      for (int i = random.nextInt(200); i > 0; i--) {
        now += random.nextInt(20) == 0 ? random.nextInt(500) : random.nextInt(12);
        long time = Math.max(0, now - random.nextInt(disorderMs + 1));
        events.add(new Event("k" + random.nextInt(4), time));
      }
      all.add(events);
    }
    return all;
  }

  private static Map<String, Long> windowCounts(List<Event> events, long size, long slide) {
    Map<String, Long> counts = new TreeMap<>();
    for (Event event : events) {
      for (long start = Math.floorDiv(event.time(), slide) * slide;
          start > event.time() - size;
          start -= slide) {
        counts.merge(event.key() + "@" + start + "-" + (start + size), 1L, Long::sum);
      }
    }
    return counts;
  }

  private static Map<String, Long> results(Iterable<Windowed<String, Long>> results) {
    Map<String, Long> counts = new TreeMap<>();
    for (Windowed<String, Long> r : results) {
      Long before = counts.put(r.key() + "@" + r.start() + "-" + r.end(), r.value());
      assertThat(before).as("window emitted twice: " + r).isNull();
    }
    return counts;
  }

  @Test
  void shouldCountSlidingWindowsAsTheOracleDoes() {
    for (long seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<List<Event>> splits = events(random, 1 + random.nextInt(4), 40);
      long slide = 1 + random.nextInt(60);
      long size = slide + random.nextInt(200);
      CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();
      StreamApplication app =
          (streams, settings) ->
              streams
                  .from(new ListSource<>(Event.class, splits, 3))
                  .eventTime(Event::time, Duration.ofMillis(40))
                  .keyBy(String.class, Event::key)
                  .window(Window.sliding(Duration.ofMillis(size), Duration.ofMillis(slide)))
                  .count()
                  .id("count")
                  .to(sink);

      Run run = Run.of(app, 1 + random.nextInt(3), new ChannelSizes(8, 2), seed);
      run.go();

      assertThat(run.outcomes.failed).isEmpty();
      List<Event> all = splits.stream().flatMap(List::stream).toList();
      assertThat(results(sink.visible))
          .as("seed " + seed)
          .isEqualTo(windowCounts(all, size, slide));
    }
  }

  @Test
  void shouldKeepTheGreatestOfSlidingWindowsWithoutSubtraction() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<List<Event>> splits = events(random, 2, 30);
      CollectingSink<Windowed<String, Event>> sink = new CollectingSink<>();
      StreamApplication app =
          (streams, settings) ->
              streams
                  .from(new ListSource<>(Event.class, splits, 0))
                  .eventTime(Event::time, Duration.ofMillis(30))
                  .keyBy(String.class, Event::key)
                  .window(Window.sliding(Duration.ofMillis(100), Duration.ofMillis(10)))
                  .max((a, b) -> Long.compare(a.time(), b.time()))
                  .id("max")
                  .to(sink);

      Run run = Run.of(app, 2, ChannelSizes.DEFAULT, seed);
      run.go();

      Map<String, Long> expected = new TreeMap<>();
      for (Event event : splits.stream().flatMap(List::stream).toList()) {
        for (long start = Math.floorDiv(event.time(), 10) * 10;
            start > event.time() - 100;
            start -= 10) {
          expected.merge(event.key() + "@" + start, event.time(), Math::max);
        }
      }
      Map<String, Long> actual = new TreeMap<>();
      sink.visible.forEach(r -> actual.put(r.key() + "@" + r.start(), r.value().time()));
      assertThat(actual).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void shouldCutSessionsAsTheOracleDoes() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<List<Event>> splits = events(random, 2, 30);
      CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();
      StreamApplication app =
          (streams, settings) ->
              streams
                  .from(new ListSource<>(Event.class, splits, 2))
                  .eventTime(Event::time, Duration.ofMillis(30))
                  .keyBy(String.class, Event::key)
                  .window(Window.session(Duration.ofMillis(25)))
                  .count()
                  .id("count")
                  .to(sink);

      Run run = Run.of(app, 2, new ChannelSizes(4, 2), seed);
      run.go();

      assertThat(run.outcomes.failed).isEmpty();
      List<Event> all = splits.stream().flatMap(List::stream).toList();
      assertThat(results(sink.visible)).as("seed " + seed).isEqualTo(sessions(all, 25));
    }
  }

  @Test
  void shouldNotHoldASourceBackForOneWithoutWindows() {
    List<Event> far = IntStream.range(0, 20_000).mapToObj(i -> new Event("a", i * 1_000L)).toList();
    AtomicInteger read = new AtomicInteger();
    AtomicInteger readMeanwhile = new AtomicInteger();

    Run run =
        Run.toRest(
            (streams, settings) -> {
              streams
                  .from(ListSource.ints(0, 400_000, 1))
                  .id("without")
                  .map(
                      Integer.class,
                      n -> {
                        if (n == 200_000) {
                          readMeanwhile.set(read.get());
                        }
                        return n;
                      })
                  .shuffle()
                  .to(new CollectingSink<>());
              streams
                  .from(new ListSource<>(Event.class, List.of(far), 0))
                  .id("with")
                  .eventTime(
                      event -> {
                        read.incrementAndGet();
                        return event.time();
                      },
                      Duration.ZERO)
                  .keyBy(String.class, Event::key)
                  .window(Window.session(Duration.ofMillis(25)))
                  .count()
                  .id("count")
                  .to(new CollectingSink<>());
            },
            1);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(readMeanwhile).hasValue(20_000);
  }

  private static Map<String, Long> sessions(List<Event> events, long gap) {
    Map<String, Long> sessions = new TreeMap<>();
    Map<String, List<Event>> byKey = events.stream().collect(Collectors.groupingBy(Event::key));
    byKey.forEach(
        (key, own) -> {
          List<Long> times = own.stream().map(Event::time).sorted().toList();
          int from = 0;
          for (int i = 1; i <= times.size(); i++) {
            if (i == times.size() || times.get(i) >= times.get(i - 1) + gap) {
              sessions.put(
                  key + "@" + times.get(from) + "-" + (times.get(i - 1) + gap), (long) i - from);
              from = i;
            }
          }
        });
    return sessions;
  }

  @Test
  void shouldUpdateWithinTheLatenessAndSendTheRestAside() {
    List<Event> events =
        List.of(
            new Event("a", 5),
            new Event("a", 25),
            new Event("a", 7),
            new Event("a", 50),
            new Event("a", 8));
    CollectingSink<Windowed<String, Long>> results = new CollectingSink<>();
    CollectingSink<Event> late = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) -> {
              var counts =
                  streams
                      .from(new ListSource<>(Event.class, List.of(events), 2))
                      .eventTime(Event::time, Duration.ZERO)
                      .keyBy(String.class, Event::key)
                      .window(Window.tumbling(Duration.ofMillis(10)))
                      .allowedLateness(Duration.ofMillis(20))
                      .lateTo(LATE)
                      .count()
                      .id("count");
              counts.to(results).id("results");
              counts.sideOutput(LATE).to(late).id("late");
            },
            1,
            new ChannelSizes(1, 4));

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(results.visible.stream().map(r -> r.start() + ":" + r.value()))
        .containsExactly("0:1", "0:2", "20:1", "50:1");
    assertThat(late.visible).containsExactly(new Event("a", 8));
  }

  @Test
  void shouldJoinWithinWindows() {
    List<Event> left = List.of(new Event("a", 1), new Event("a", 12), new Event("b", 3));
    List<Event> right = List.of(new Event("a", 9), new Event("a", 2), new Event("b", 25));
    CollectingSink<String> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) -> {
              var lefts =
                  streams
                      .from(new ListSource<>(Event.class, List.of(left), 0))
                      .eventTime(Event::time, Duration.ofMillis(10))
                      .id("left")
                      .keyBy(String.class, Event::key);
              var rights =
                  streams
                      .from(new ListSource<>(Event.class, List.of(right), 0))
                      .eventTime(Event::time, Duration.ofMillis(10))
                      .id("right")
                      .keyBy(String.class, Event::key);
              lefts
                  .windowJoin(
                      rights,
                      Window.tumbling(Duration.ofMillis(10)),
                      String.class,
                      (l, r) -> l.key() + l.time() + "+" + r.time())
                  .id("join")
                  .to(sink);
            },
            2);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible).containsExactlyInAnyOrder("a1+9", "a1+2");
  }

  @Test
  void shouldMergeStreamsAndPartitionAsToldTo() {
    CollectingSink<String> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 10, 1))
                    .id("low")
                    .union(streams.from(ListSource.ints(10, 20, 1)).id("high"))
                    .partition((value, tasks) -> value % tasks)
                    .process(String.class, TaskOfRecord::new)
                    .id("tell")
                    .parallelism(3)
                    .to(sink),
            2);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 20).mapToObj(i -> i + "@" + i % 3).toList());
  }

  @Test
  void shouldKeepStateByKeyAndFireTimersOfEventTime() {
    List<Event> events =
        List.of(new Event("a", 1), new Event("b", 2), new Event("a", 3), new Event("b", 30));
    CollectingSink<String> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(new ListSource<>(Event.class, List.of(events), 0))
                    .eventTime(Event::time, Duration.ZERO)
                    .keyBy(String.class, Event::key)
                    .process(String.class, () -> new Summary(Timers.Domain.EVENT_TIME))
                    .id("summary")
                    .to(sink),
            2);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible)
        .containsExactlyInAnyOrder(
            "a 2 {1=1, 3=1} at 11", "b 2 {2=1, 30=1} at 12", "b 2 {2=1, 30=1} at 40");
  }

  @Test
  void shouldFireTimersOfProcessingTime() {
    CollectingSink<String> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(new ListSource<>(Event.class, List.of(List.of(new Event("a", 1))), 2))
                    .keyBy(String.class, Event::key)
                    .process(String.class, () -> new Summary(Timers.Domain.PROCESSING_TIME))
                    .id("summary")
                    .to(sink),
            1);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(run.outcomes.finished).isNotEmpty();
  }

  @Test
  void shouldReportAPartitionerThatNamesNoTask() {
    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 10, 1))
                    .id("numbers")
                    .partition((value, tasks) -> 7)
                    .to(new CollectingSink<>())
                    .parallelism(2),
            2);

    assertThat(run.outcomes.failed.values())
        .anySatisfy(failure -> assertThat(failure.message()).contains("task 7"));
  }

  @Test
  void shouldHandOnEachReducedAndFoldedValue() {
    CollectingSink<Keyed<String, Long>> sums = new CollectingSink<>();
    CollectingSink<Keyed<String, String>> folds = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) -> {
              var numbers =
                  streams
                      .from(ListSource.ints(1, 5, 1))
                      .id("numbers")
                      .keyBy(String.class, n -> n % 2 == 0 ? "even" : "odd");
              numbers.sum(n -> n).id("sum").to(sums);
              numbers.fold(() -> "", (all, n) -> all + n).id("fold").to(folds);
            },
            1);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sums.visible)
        .containsExactly(
            new Keyed<>("odd", 1L),
            new Keyed<>("even", 2L),
            new Keyed<>("odd", 4L),
            new Keyed<>("even", 6L));
    assertThat(folds.visible)
        .containsExactly(
            new Keyed<>("odd", "1"),
            new Keyed<>("even", "2"),
            new Keyed<>("odd", "13"),
            new Keyed<>("even", "24"));
  }

  /** Tells which task a record came to. */
  private static final class TaskOfRecord implements io.geartrain.api.Processor<Integer, String> {
    private int task;

    @Override
    public void open(io.geartrain.api.ProcessorContext context) {
      task = context.taskIndex();
    }

    @Override
    public void process(Integer value, long timestamp, Emitter<String> out) {
      out.emit(value + "@" + task);
    }
  }

  /** Counts records and their times, and tells 10 ms after each of the last ones. */
  private static final class Summary implements KeyedProcessor<String, Event, String> {
    private final Timers.Domain domain;
    private KeyedContext<String> context;
    private ValueState<Long> count;
    private MapState<Long, Long> times;

    Summary(Timers.Domain domain) {
      this.domain = domain;
    }

    @Override
    public void open(KeyedContext<String> keyed) {
      context = keyed;
      count = keyed.valueState("count", Long.class);
      times = keyed.mapState("times", Long.class, Long.class);
    }

    @Override
    public void process(Event event, long timestamp, Emitter<String> out) {
      long before = count.get() == null ? 0 : count.get();
      count.set(before + 1);
      times.put(event.time(), 1L);
      Timers timers = context.timers();
      if (domain == Timers.Domain.PROCESSING_TIME) {
        timers.onProcessingTime(timers.processingTime() + 3);
      } else if (before == 0 || event.time() > 20) {
        timers.onEventTime(event.time() + 10);
      }
    }

    @Override
    public void onTimer(long timestamp, Timers.Domain fired, Emitter<String> out) {
      assertThat(fired).isEqualTo(domain);
      out.emit(
          context.key()
              + " "
              + count.get()
              + " "
              + new TreeMap<>(times.entries())
              + " at "
              + timestamp);
    }
  }
}
