package io.geartrain.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Emitter;
import io.geartrain.api.Keyed;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Timers;
import io.geartrain.api.ValueState;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TopologyTestTest {
  record Event(String key, long time) {}

  private final CollectingSink<Object> out = new CollectingSink<>();

  private static StreamApplication counting(
      ScriptedSource<Event> source, CollectingSink<Object> out) {
    return (streams, settings) ->
        streams
            .from(source)
            .eventTime(Event::time, Duration.ZERO)
            .idleAfter(Duration.ofSeconds(5))
            .id("events")
            .keyBy(String.class, Event::key)
            .window(Window.tumbling(Duration.ofMillis(10)))
            .count()
            .id("count")
            .to(out);
  }

  private static Windowed<String, Long> window(String key, long start, long count) {
    return new Windowed<>(key, start, start + 10, count);
  }

  @Test
  void shouldRunToTheEndAndKeepTimestamps() {
    ScriptedSource<String> words =
        ScriptedSource.of(String.class).record("a", 3).record("b", 5).record("a", 7);

    TopologyTest.of(
            (streams, settings) ->
                streams.from(words).keyBy(String.class, word -> word).count().id("count").to(out))
        .parallelism(2)
        .run();

    assertThat(out.written())
        .extracting(written -> written.value() + " at " + written.timestamp())
        .containsExactlyInAnyOrder(
            new Keyed<>("a", 1L) + " at 3",
            new Keyed<>("b", 1L) + " at 5",
            new Keyed<>("a", 2L) + " at 7");
    assertThat(out.finishedTasks()).isEqualTo(2);
  }

  @Test
  void shouldRunByTheClockThatItIsGiven() {
    ManualClock clock = new ManualClock();
    ScriptedSource<Event> events =
        ScriptedSource.of(Event.class).idle(Duration.ofDays(1)).record(new Event("a", 1));

    TopologyTest.of(counting(events, out)).clock(clock).run();

    assertThat(clock.millis()).isEqualTo(Duration.ofDays(1).toMillis());
  }

  @Test
  void shouldShowResultsBetweenTheSteps() {
    ScriptedSource<Event> events = ScriptedSource.of(Event.class).endless();
    try (TopologyRun run = TopologyTest.of(counting(events, out)).start()) {
      events.record(new Event("a", 1)).record(new Event("a", 9));
      assertThat(run.settle().isEnded()).isFalse();
      assertThat(out.take()).isEmpty();
      assertThat(run.watermark("count")).isEqualTo(8);

      events.record(new Event("b", 10)).record(new Event("b", 11));
      run.settle();
      assertThat(out.take()).containsExactly(window("a", 0, 2));
      assertThat(run.clock().millis()).isZero();

      events.end();
      run.toEnd();
      assertThat(out.take()).containsExactly(window("b", 10, 2));
      assertThat(run.isEnded()).isTrue();
    }
  }

  @Test
  void shouldLeaveAnIdleSplitOutOnceItsTimeHasCome() {
    ScriptedSource<Event> events = ScriptedSource.of(Event.class).endless();
    events.split("quiet").record(new Event("q", 0));
    events.split("busy").record(new Event("a", 1)).record(new Event("a", 30));

    try (TopologyRun run = TopologyTest.of(counting(events, out)).start()) {
      run.settle();
      assertThat(run.watermark("count")).isEqualTo(-1);
      run.advance(Duration.ofMillis(4_999));
      assertThat(out.values()).isEmpty();

      run.advance(Duration.ofMillis(1));
      events.split("busy").record(new Event("a", 40));
      run.settle();

      assertThat(run.watermark("count")).isEqualTo(39);
      assertThat(out.values())
          .containsExactlyInAnyOrder(window("q", 0, 1), window("a", 0, 1), window("a", 30, 1));
    }
  }

  @Test
  void shouldSkipPausesOfTheScript() {
    ScriptedSource<Event> events =
        ScriptedSource.of(Event.class)
            .record(new Event("a", 1))
            .idle(Duration.ofDays(1))
            .record(new Event("a", 2));
    try (TopologyRun run = TopologyTest.of(counting(events, out)).start()) {
      run.settle();
      assertThat(run.isEnded()).isFalse();
      run.toEnd();
      assertThat(run.clock().millis()).isEqualTo(Duration.ofDays(1).toMillis());
    }
    assertThat(out.values()).containsExactly(window("a", 0, 2));
  }

  @Test
  void shouldFireTimersOfTheClockWhenItMoves() {
    ScriptedSource<String> source = ScriptedSource.of(String.class, "a").endless();
    try (TopologyRun run =
        TopologyTest.of(
                (streams, settings) ->
                    streams
                        .from(source)
                        .keyBy(String.class, key -> key)
                        .process(String.class, Ticking::new)
                        .id("tick")
                        .to(out))
            .start()) {
      run.settle();
      run.advance(Duration.ofMillis(2_499));
      assertThat(out.take()).isEmpty();
      run.advance(Duration.ofMillis(1));
      assertThat(out.take()).containsExactly("a 1 at 2500");
      run.advance(Duration.ofSeconds(5));
      assertThat(out.take()).containsExactly("a 2 at 5000", "a 3 at 7500");
    }
  }

  /** Tells every 2.5 s how often it has told. */
  private static final class Ticking implements KeyedProcessor<String, String, String> {
    private KeyedContext<String> context;
    private ValueState<Integer> ticks;

    @Override
    public void open(KeyedContext<String> keyed) {
      context = keyed;
      ticks = keyed.valueState("ticks", Integer.class);
    }

    @Override
    public void process(String value, long timestamp, Emitter<String> out) {
      context.timers().onProcessingTime(context.timers().processingTime() + 2_500);
    }

    @Override
    public void onTimer(long timestamp, Timers.Domain domain, Emitter<String> out) {
      ticks.set(ticks.get() == null ? 1 : ticks.get() + 1);
      out.emit(context.key() + " " + ticks.get() + " at " + context.timers().processingTime());
      context.timers().onProcessingTime(timestamp + 2_500);
    }
  }

  @Test
  void shouldReplaceSourcesAndSinksById() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(String.class, "own"))
                .id("in")
                .map(String.class, value -> value + settings.get("suffix"))
                .to(new CollectingSink<>())
                .id("out");

    TopologyTest.of(app)
        .setting("suffix", "!")
        .source("in", ScriptedSource.of(String.class, "x"))
        .sink("out", out)
        .run();

    assertThat(out.values()).containsExactly("x!");
    assertThatThrownBy(() -> TopologyTest.of(app).setting("suffix", "").sink("ouch", out).run())
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("[ouch]")
        .hasMessageContaining("out");
    assertThatThrownBy(
            () -> TopologyTest.of(app).source("in", ScriptedSource.of(Integer.class, 1)).run())
        .hasMessageContaining("java.lang.Integer")
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void shouldTellWhichRecordFailedAndWhy() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(String.class).record("1", 5).record("one", 6))
                .map(Integer.class, Integer::valueOf)
                .id("number")
                .to(out);

    assertThatThrownBy(TopologyTest.of(app)::run)
        .isInstanceOfSatisfying(
            TopologyFailure.class,
            failure -> {
              assertThat(failure.processor()).isEqualTo("number");
              assertThat(failure.task()).isZero();
              assertThat(failure.value()).isEqualTo("one");
              assertThat(failure.timestamp()).isEqualTo(6);
              assertThat(failure.reason()).startsWith("java.lang.NumberFormatException");
              assertThat(failure.causeTrace()).contains("Integer.valueOf");
            })
        .hasMessageContaining("step 'number' failed at the record 'one' of time 6");
    assertThat(out.values()).containsExactly(1);
    assertThat(out.finishedTasks()).isZero();
  }

  @Test
  void shouldRefuseToWaitForASourceThatNeverEnds() {
    ScriptedSource<Event> source = ScriptedSource.of(Event.class, new Event("a", 1)).endless();

    assertThatThrownBy(TopologyTest.of(counting(source, out))::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("never ends");
  }

  @Test
  void shouldRepeatARunFromItsSeed() {
    Function<Long, List<String>> order =
        seed -> {
          CollectingSink<Integer> sink = new CollectingSink<>();
          ScriptedSource<Integer> source = ScriptedSource.of(Integer.class);
          for (int i = 0; i < 60; i++) {
            source.split("s" + i % 3).record(i);
          }
          TopologyTest.of((streams, settings) -> streams.from(source).shuffle().to(sink))
              .parallelism(3)
              .seed(seed)
              .run();
          assertThat(sink.values()).hasSize(60).doesNotHaveDuplicates();
          return sink.written().stream().map(w -> w.value() + "@" + w.task()).toList();
        };

    List<List<String>> orders = new ArrayList<>();
    for (long seed = 0; seed < 5; seed++) {
      orders.add(order.apply(seed));
      assertThat(order.apply(seed)).isEqualTo(orders.get((int) seed));
    }
    assertThat(orders).doesNotHaveDuplicates();
  }

  @Test
  void shouldGiveSideOutputsTheTimestampOfTheRecord() {
    OutputTag<String> odd = new OutputTag<>("odd", String.class);
    CollectingSink<Object> odds = new CollectingSink<>();
    TopologyTest.of(
            (streams, settings) -> {
              var evens =
                  streams
                      .from(ScriptedSource.of(Integer.class).record(1, 11).record(2, 12))
                      .process(Integer.class, () -> new Parity(odd))
                      .id("parity");
              evens.to(out);
              evens.sideOutput(odd).to(odds);
            })
        .run();

    assertThat(out.written()).containsExactly(new CollectingSink.Written<>(2, 12, 0));
    assertThat(odds.written()).containsExactly(new CollectingSink.Written<>("1", 11, 0));
  }

  /** Sends odd numbers aside, as text. */
  private record Parity(OutputTag<String> odd, List<ProcessorContext> opened)
      implements Processor<Integer, Integer> {
    Parity(OutputTag<String> odd) {
      this(odd, new ArrayList<>());
    }

    @Override
    public void open(ProcessorContext context) {
      opened.add(context);
    }

    @Override
    public void process(Integer value, long timestamp, Emitter<Integer> out) {
      if (value % 2 == 0) {
        out.emit(value);
      } else {
        opened.get(0).output(odd).emit(value.toString());
      }
    }
  }
}
