package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.execution.TaskFailure.Kind;
import io.geartrain.plan.ErrorText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final int BAD = 700;

  private final CollectingSink<Object> sink = new CollectingSink<>();

  @Test
  void shouldNameStepTaskValueAndTimestamp() {
    TaskFailure failure =
        failureOf(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 1000, 1))
                    .map(Integer.class, FailureTest::failAtBad)
                    .id("double")
                    .to(sink));

    assertThat(failure.processorId()).isEqualTo("double");
    assertThat(failure.taskIndex()).isZero();
    assertThat(failure.value()).isEqualTo("700");
    assertThat(failure.timestamp()).isEqualTo(700);
    assertThat(failure.message()).isEqualTo("java.lang.IllegalStateException: bad 700");
    assertThat(failure.stackTrace()).contains("failAtBad").contains("Caused by: ").contains("root");
    assertThat(failure.kind()).isEqualTo(Kind.USER_CODE);
    assertThat(sink.visible).isEmpty();
    assertThat(sink.calls).containsExactly("close 0");
  }

  @Test
  void shouldBlameTheStepBehindAndNotTheOneThatEmits() {
    TaskFailure failure =
        failureOf(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 1000, 1))
                    .flatMap(
                        Integer.class,
                        (Integer n, Emitter<Integer> out) -> {
                          try {
                            out.emit(n);
                          } catch (RuntimeException swallowed) {
                            out.emit(-1);
                          }
                        })
                    .id("swallows")
                    .map(Integer.class, FailureTest::failAtBad)
                    .id("fails")
                    .to(sink));

    assertThat(failure.processorId()).isEqualTo("fails");
    assertThat(failure.value()).isEqualTo("700");
  }

  @Test
  void shouldReportNullFromMapAndFromKeyBy() {
    TaskFailure map =
        failureOf(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 10, 1))
                    .map(Integer.class, n -> n == 5 ? null : n)
                    .id("nulls")
                    .to(sink));
    TaskFailure key =
        failureOf(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 10, 1))
                    .id("numbers")
                    .keyBy(Integer.class, n -> n == 5 ? null : n)
                    .count()
                    .id("count")
                    .to(sink));

    assertThat(map.processorId()).isEqualTo("nulls");
    assertThat(map.message()).contains("step 'nulls' emitted null");
    assertThat(key.processorId()).isEqualTo("numbers");
    assertThat(key.message()).contains("null key").contains("'numbers' → 'count'");
    assertThat(key.value()).isEqualTo("5");
  }

  @Test
  void shouldReportErrorsAsWellAsExceptions() {
    assertThat(failureOf(mapping(n -> endless(0))).kind()).isEqualTo(Kind.STACK_OVERFLOW);
    assertThat(
            failureOf(
                    mapping(
                        n -> {
                          throw new NoClassDefFoundError("com/acme/Missing");
                        }))
                .kind())
        .isEqualTo(Kind.LINKAGE);
    assertThat(
            failureOf(
                    mapping(
                        n -> {
                          throw new OutOfMemoryError("simulated");
                        }))
                .kind())
        .isEqualTo(Kind.OUT_OF_MEMORY);
    assertThat(
            failureOf(
                    mapping(
                        n -> {
                          throw new AssertionError("checked");
                        }))
                .message())
        .isEqualTo("java.lang.AssertionError: checked");
  }

  @Test
  void shouldCutLongValuesAndBearValuesWithoutText() {
    String text = "x".repeat(1000);
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new UnsupportedOperationException("no text");
          }
        };

    assertThat(failureAt(text).value()).hasSize(200).endsWith("…");
    assertThat(failureAt(broken).value()).contains("whose toString() threw");
  }

  @Test
  void shouldCutLongMessagesAndStackTraces() {
    TaskFailure failure =
        failureOf(mapping(n -> Integer.valueOf(Long.valueOf("x".repeat(2_000_000)).intValue())));

    assertThat(failure.message())
        .hasSizeLessThanOrEqualTo(ErrorText.LONGEST_MESSAGE)
        .startsWith("java.lang.NumberFormatException: For input string: \"xxx")
        .contains("characters left out");
    assertThat(failure.stackTrace())
        .hasSizeLessThanOrEqualTo(ErrorText.LONGEST_TRACE)
        .contains("at java.base/java.lang.Long.valueOf")
        .contains("shouldCutLongMessagesAndStackTraces");
  }

  @Test
  void shouldReportEachCallbackOfAProcessor() {
    for (String callback : List.of("open", "process", "onWatermark", "onEnd")) {
      List<String> calls = new ArrayList<>();
      TaskFailure failure =
          failureOf(
              (streams, settings) ->
                  streams
                      .from(ListSource.ints(0, 10, 1))
                      .process(Integer.class, () -> new Fragile(callback, calls))
                      .id("fragile")
                      .to(sink));

      assertThat(failure.processorId()).isEqualTo("fragile");
      assertThat(failure.message()).isEqualTo("java.io.IOException: " + callback);
      assertThat(calls).endsWith(callback, "close");
    }
    assertThat(sink.visible).isEmpty();
  }

  @Test
  void shouldFinishThoughCloseThrows() {
    List<String> calls = new ArrayList<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 10, 1))
                    .process(Integer.class, () -> new Fragile("close", calls))
                    .id("fragile")
                    .to(sink),
            1);

    assertThat(run.outcomes.finished).hasSize(1);
    assertThat(sink.visible).hasSize(10);
    assertThat(calls).containsSubsequence("open", "process", "onWatermark", "onEnd", "close");
  }

  @Test
  void shouldReportEachCallbackOfASinkAndItsWriter() {
    for (String callback : List.of("open", "write", "finish")) {
      TaskFailure failure =
          failureOf(
              (streams, settings) ->
                  streams.from(ListSource.ints(0, 10, 1)).to(fragileSink(callback)).id("out"));

      assertThat(failure.processorId()).isEqualTo("out");
      assertThat(failure.message()).isEqualTo("java.io.IOException: " + callback);
    }
  }

  @Test
  void shouldReportEachCallbackOfASource() {
    for (String callback : List.of("open", "poll", "close", "null", "null status")) {
      TaskFailure failure =
          failureOf(
              (streams, settings) -> streams.from(new FragileSource(callback)).id("in").to(sink));

      assertThat(failure.processorId()).isEqualTo("in");
      assertThat(failure.message()).contains(callback.startsWith("null") ? "null" : callback);
    }
    assertThat(sink.visible).isEmpty();
  }

  @Test
  void shouldRefuseATaskWhoseDefinitionDiffers() {
    AtomicInteger runs = new AtomicInteger();

    TaskFailure failure =
        failureOf(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 10, 1))
                    .id(runs.incrementAndGet() <= 2 ? "one" : "another")
                    .to(sink));

    assertThat(failure.kind()).isEqualTo(Kind.DEFINITION);
    assertThat(failure.message())
        .contains("'one'")
        .contains("'another'")
        .doesNotContain("Exception");
  }

  @Test
  void shouldCloseAllWhenCancelled() {
    List<String> calls = new ArrayList<>();
    Run run =
        Run.of(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 100_000, 4))
                    .shuffle()
                    .process(Integer.class, () -> new Fragile("none", calls))
                    .id("fragile")
                    .shuffle()
                    .to(sink),
            2,
            io.geartrain.channel.ChannelSizes.DEFAULT,
            5);
    run.turns.drive(run.execution);
    for (int i = 0; i < 50; i++) {
      run.turns.step();
    }

    run.execution.cancel();
    run.turns.runToRest();

    assertThat(run.outcomes.cancelled).hasSize(run.execution.tasks().size());
    assertThat(run.execution.tasks()).allMatch(Task::isDone);
    assertThat(sink.visible).isEmpty();
    assertThat(calls.stream().filter("close"::equals).count())
        .isEqualTo(calls.stream().filter("open"::equals).count());
  }

  @Test
  void shouldSetTheClassLoaderOfTheApplicationDuringATurnOnly() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    List<ClassLoader> seen = new ArrayList<>();

    Run.toRest(
        mapping(
            n -> {
              seen.add(Thread.currentThread().getContextClassLoader());
              return n;
            }),
        1);

    assertThat(seen).containsOnly(Run.class.getClassLoader());
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  private TaskFailure failureAt(Object value) {
    return failureOf(
        (streams, settings) ->
            streams
                .from(new ListSource<>(Object.class, List.of(List.of(value)), 0))
                .map(
                    Object.class,
                    v -> {
                      throw new IllegalArgumentException("refused");
                    })
                .to(sink));
  }

  private StreamApplication mapping(io.geartrain.api.MapFunction<Integer, Integer> function) {
    return (streams, settings) ->
        streams.from(ListSource.ints(0, 10, 1)).map(Integer.class, function).to(sink);
  }

  private static TaskFailure failureOf(StreamApplication app) {
    Run run = Run.toRest(app, 1);
    assertThat(run.outcomes.failed).hasSize(1);
    run.execution.cancel();
    run.turns.runToRest();
    assertThat(run.execution.tasks()).allMatch(Task::isDone);
    assertThat(run.outcomes.ended()).isEqualTo(run.execution.tasks().size());
    return run.outcomes.onlyFailure();
  }

  private static Integer failAtBad(Integer n) {
    if (n == BAD) {
      throw new IllegalStateException("bad " + n, new RuntimeException("root"));
    }
    return n;
  }

  private static int endless(int n) {
    return endless(n + 1) + 1;
  }

  private static Sink<Integer> fragileSink(String callback) {
    return context -> {
      failIf("open", callback);
      return new SinkWriter<>() {
        @Override
        public void write(Integer value, long timestamp) throws Exception {
          failIf("write", callback);
        }

        @Override
        public String finish() throws Exception {
          failIf("finish", callback);
          return null;
        }
      };
    };
  }

  private static void failIf(String here, String callback) throws Exception {
    if (here.equals(callback)) {
      throw new java.io.IOException(callback);
    }
  }

  private record Fragile(String callback, List<String> calls)
      implements Processor<Integer, Integer> {
    @Override
    public void open(ProcessorContext context) throws Exception {
      call("open");
    }

    @Override
    public void process(Integer value, long timestamp, Emitter<Integer> out) throws Exception {
      call("process");
      out.emit(value);
    }

    @Override
    public void onWatermark(long watermark, Emitter<Integer> out) throws Exception {
      call("onWatermark");
    }

    @Override
    public void onEnd(Emitter<Integer> out) throws Exception {
      call("onEnd");
    }

    @Override
    public void close() throws Exception {
      call("close");
    }

    private void call(String name) throws Exception {
      calls.add(name);
      failIf(name, callback);
    }
  }

  private record FragileSource(String callback) implements Source<Integer> {
    @Override
    public Class<Integer> type() {
      return Integer.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("only", Map.of()));
    }

    @Override
    public SplitReader<Integer> open(SourceSplit split, ProcessorContext context) throws Exception {
      failIf("open", callback);
      return new SplitReader<>() {
        @Override
        public ReadStatus poll(Emitter<Integer> out, int max) throws Exception {
          failIf("poll", callback);
          out.emit(callback.equals("null") ? null : 1);
          return callback.equals("null status") ? null : ReadStatus.END;
        }

        @Override
        public void close() throws Exception {
          failIf("close", callback);
        }
      };
    }
  }
}
