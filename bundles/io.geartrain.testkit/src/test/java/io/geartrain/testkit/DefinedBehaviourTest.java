package io.geartrain.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.Emitter;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Processor;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Timers;
import io.geartrain.api.ValueState;
import io.geartrain.api.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the guide says of the edges of the engine, where no example of its own shows it. */
class DefinedBehaviourTest {
  private final CollectingSink<Object> out = new CollectingSink<>();
  private final List<String> calls = new ArrayList<>();

  @Test
  void shouldCloseButNotFinishWhatWasOpenAtAFailure() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(String.class, "good", "bad"))
                .process(String.class, () -> new Recorded(calls))
                .id("recorded")
                .shuffle()
                .to(out)
                .parallelism(2);

    assertThatThrownBy(TopologyTest.of(app)::run)
        .isInstanceOf(TopologyFailure.class)
        .hasMessageContaining("step 'recorded'")
        .hasMessageContaining("'bad'");

    assertThat(calls).containsExactly("process good", "process bad", "close");
    assertThat(out.finishedTasks()).isZero();
  }

  /** Tells of its calls, and can't bear the word "bad". */
  private record Recorded(List<String> calls) implements Processor<String, String> {
    @Override
    public void process(String value, long timestamp, Emitter<String> out) {
      calls.add("process " + value);
      if (value.equals("bad")) {
        throw new IllegalArgumentException(value);
      }
      out.emit(value);
    }

    @Override
    public void onEnd(Emitter<String> out) {
      calls.add("end");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  @Test
  void shouldNotLetAStepHideAFailureBehindIt() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(String.class, "a"))
                .<String>flatMap(
                    String.class,
                    (line, words) -> {
                      try {
                        words.emit(line);
                      } catch (RuntimeException e) {
                        calls.add("caught");
                      }
                    })
                .map(Integer.class, Integer::valueOf)
                .id("number")
                .to(out);

    assertThatThrownBy(TopologyTest.of(app)::run).hasMessageContaining("step 'number'");
    assertThat(calls).containsExactly("caught");
  }

  @Test
  void shouldFailAtErrorsOfLinkageAndOverflownStacks() {
    for (Error error : List.of(new NoClassDefFoundError("Gone"), new StackOverflowError())) {
      StreamApplication app =
          (streams, settings) ->
              streams
                  .from(ScriptedSource.of(String.class, "a"))
                  .<String>map(
                      String.class,
                      line -> {
                        throw error;
                      })
                  .id("broken")
                  .to(out);
      assertThatThrownBy(TopologyTest.of(app)::run)
          .isInstanceOf(TopologyFailure.class)
          .hasMessageContaining(error.getClass().getName());
    }
  }

  @Test
  void shouldRefuseASourceThatEmitsNull() {
    StreamApplication app =
        (streams, settings) ->
            streams.from(ScriptedSource.of(String.class).record(null)).id("lines").to(out);

    assertThatThrownBy(TopologyTest.of(app)::run).hasMessageContaining("'lines' emitted null");
  }

  @Test
  void shouldHandRecordsOnAsTheyAreEvenIfTheyAreChangedAfterwards() {
    StreamApplication fused =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(Integer.class, 1))
                .flatMap(int[].class, DefinedBehaviourTest::emitAndChange)
                .map(Integer.class, numbers -> numbers[0])
                .to(out);
    TopologyTest.of(fused).run();
    assertThat(out.values()).as("the fused step was called at once").containsExactly(1);

    CollectingSink<Integer> behind = new CollectingSink<>();
    StreamApplication apart =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(Integer.class, 1))
                .flatMap(int[].class, DefinedBehaviourTest::emitAndChange)
                .shuffle()
                .map(Integer.class, numbers -> numbers[0])
                .to(behind);
    TopologyTest.of(apart).run();
    assertThat(behind.values()).as("the batch left later").containsExactly(-1);
  }

  private static void emitAndChange(int number, Emitter<int[]> out) {
    int[] record = {number};
    out.emit(record);
    record[0] = -number;
  }

  @Test
  void shouldKeepTheOrderAlongOneWay() {
    Integer[] numbers = IntStream.range(0, 200).boxed().toArray(Integer[]::new);
    for (long seed = 0; seed < 20; seed++) {
      CollectingSink<Integer> sink = new CollectingSink<>();
      TopologyTest.of(
              (streams, settings) ->
                  streams
                      .from(ScriptedSource.of(Integer.class, numbers))
                      .partition((value, tasks) -> value % tasks)
                      .to(sink)
                      .parallelism(3))
          .seed(seed)
          .run();
      for (int task = 0; task < 3; task++) {
        int index = task;
        assertThat(sink.written().stream().filter(w -> w.task() == index).map(w -> w.value()))
            .isSorted()
            .hasSizeGreaterThan(60);
      }
    }
  }

  @Test
  void shouldGoByTheSplitThatCameFurthestWhereAllAreIdle() {
    ScriptedSource<Long> times = ScriptedSource.of(Long.class).endless();
    times.split("a").record(10L);
    times.split("b").record(20L);
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(times)
                .eventTime(time -> time, Duration.ofMillis(2))
                .idleAfter(Duration.ofSeconds(1))
                .shuffle()
                .to(out)
                .id("write");
    try (TopologyRun run = TopologyTest.of(app).start()) {
      run.settle();
      assertThat(run.watermark("write")).isEqualTo(7);
      run.advance(Duration.ofHours(1));
      assertThat(run.watermark("write")).isEqualTo(17);
    }
  }

  @Test
  void shouldDropLateRecordsOfAnOutputThatNobodyReads() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(Long.class, 5L, 25L, 6L))
                .eventTime(time -> time, Duration.ZERO)
                .keyBy(String.class, time -> "all")
                .window(Window.tumbling(Duration.ofMillis(10)))
                .lateTo(new OutputTag<>("late", Long.class))
                .count()
                .id("count")
                .map(Long.class, count -> count.value())
                .to(out);
    TopologyTest.of(app).run();

    assertThat(out.values()).containsExactly(1L, 1L);
  }

  @Test
  void shouldRingTimersOfEventTimeAtTheEndAndNoneOfProcessingTime() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(String.class, "a"))
                .keyBy(String.class, line -> line)
                .process(String.class, Both::new)
                .id("both")
                .to(out);
    TopologyTest.of(app).run();

    assertThat(out.values()).containsExactly("EVENT_TIME 1000000");
  }

  @Test
  void shouldNotRingTimersThatAreSetAtTheEnd() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(String.class, "a"))
                .keyBy(String.class, line -> line)
                .process(String.class, Renewed::new)
                .id("renewed")
                .to(out);
    TopologyTest.of(app).run();

    assertThat(out.values()).containsExactly("60000");
  }

  @Test
  void shouldKnowNoKeyInOpen() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(ScriptedSource.of(String.class, "a"))
                .keyBy(String.class, line -> line)
                .process(String.class, Early::new)
                .id("early")
                .to(out);

    assertThatThrownBy(TopologyTest.of(app)::run)
        .hasMessageContaining("step 'early' failed outside of any record")
        .hasMessageContaining("there is no key");
  }

  /** Sets a timer of each kind, the first one twice. */
  private static final class Both implements KeyedProcessor<String, String, String> {
    private Timers timers;

    @Override
    public void open(KeyedContext<String> context) {
      timers = context.timers();
    }

    @Override
    public void process(String value, long timestamp, Emitter<String> out) {
      timers.onEventTime(1_000_000);
      timers.onEventTime(1_000_000);
      timers.onProcessingTime(timers.processingTime() + 1_000);
    }

    @Override
    public void onTimer(long timestamp, Timers.Domain domain, Emitter<String> out) {
      out.emit(domain + " " + timestamp);
    }
  }

  /** Sets a timer for a minute later whenever one rings, up to an hour. */
  private static final class Renewed implements KeyedProcessor<String, String, String> {
    private Timers timers;

    @Override
    public void open(KeyedContext<String> context) {
      timers = context.timers();
    }

    @Override
    public void process(String value, long timestamp, Emitter<String> out) {
      timers.onEventTime(60_000);
    }

    @Override
    public void onTimer(long timestamp, Timers.Domain domain, Emitter<String> out) {
      out.emit(Long.toString(timestamp));
      if (timestamp < 3_600_000) {
        timers.onEventTime(timestamp + 60_000);
      }
    }
  }

  /** Reads its state too early. */
  private static final class Early implements KeyedProcessor<String, String, String> {
    @Override
    public void open(KeyedContext<String> context) {
      ValueState<String> state = context.valueState("s", String.class);
      state.get();
    }

    @Override
    public void process(String value, long timestamp, Emitter<String> out) {}
  }
}
