package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.DataStream;
import io.geartrain.api.Sink;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A version with more steps goes on with the state of the one before it. */
class NextVersionTest {
  private static final int RECORDS = 300;
  private static final int FEW = 3;
  private static final int KEYS = 7;
  private static final int WINDOW_MS = 50;
  private static final int MOST_TURNS = 1_000_000;

  private final MemoryCheckpointStore store = new MemoryCheckpointStore();

  @Test
  void shouldGoOnWithAllStateWhereStepsWithoutStateWereAdded() {
    int midway = 0;
    for (long seed = 1; seed <= 30; seed++) {
      TransactionalSink sink = new TransactionalSink();
      Version first = new Version(joining(false, sink), seed, null);
      first.turns((int) seed * 4);
      Manifest taken = first.checkpoint(seed);
      int hidden = sink.hidden();

      new Version(joining(true, sink), seed, taken).toEnd();

      assertThat(sink.visible()).as("seed " + seed).isEqualTo(expected());
      midway += hidden > 0 && hidden < expected().size() ? 1 : 0;
    }
    assertThat(midway).as("went on with output and state").isGreaterThan(5);
  }

  @Test
  void shouldNotTakeAStepForTheOneThatHadItsIdWhereBothKeepNothing() {
    int midway = 0;
    for (long seed = 1; seed <= 30; seed++) {
      TransactionalSink sink = new TransactionalSink();
      Version first = new Version(apart(false, sink), seed, null);
      first.turns((int) seed * 4);
      Manifest taken = first.checkpoint(seed);
      int hidden = sink.hidden();

      new Version(apart(true, sink), seed, taken).toEnd();

      assertThat(sink.visible()).as("seed " + seed).hasSize(RECORDS + FEW);
      assertThat(sink.visible().values()).as("seed " + seed).containsOnly(1);
      midway += hidden > FEW && hidden < RECORDS ? 1 : 0;
    }
    assertThat(midway).as("went on when the short one was through").isGreaterThan(5);
  }

  /** A long stream, and a short one that is soon at its end. */
  private static StreamApplication apart(boolean more, Sink<String> sink) {
    return (streams, settings) -> {
      var numbers = streams.from(ListSource.ints(0, RECORDS, 1));
      (more ? numbers.map(Integer.class, n -> n) : numbers)
          .shuffle()
          .map(String.class, n -> "long " + n)
          .shuffle()
          .to(sink);
      streams
          .from(ListSource.ints(0, FEW, 1))
          .shuffle()
          .map(String.class, n -> "short " + n)
          .shuffle()
          .to(sink);
    };
  }

  /** Two sources and a sink without a name, and a join between them. */
  private static StreamApplication joining(boolean more, Sink<String> sink) {
    return (streams, settings) -> {
      var left = numbers(streams, more).keyBy(Integer.class, n -> n % KEYS);
      var right = numbers(streams, more).keyBy(Integer.class, n -> n % KEYS);
      var pairs =
          left.windowJoin(
                  right,
                  Window.tumbling(Duration.ofMillis(WINDOW_MS)),
                  String.class,
                  (l, r) -> l + "+" + r)
              .id("join");
      (more ? pairs.map(String.class, pair -> pair) : pairs).to(sink);
    };
  }

  private static DataStream<Integer> numbers(Streams streams, boolean more) {
    DataStream<Integer> numbers =
        streams.from(ListSource.ints(0, RECORDS, 1)).eventTime(n -> n, Duration.ZERO);
    return more ? numbers.map(Integer.class, n -> n).filter(n -> true) : numbers;
  }

  private static Map<String, Integer> expected() {
    Map<String, Integer> expected = new TreeMap<>();
    for (int left = 0; left < RECORDS; left++) {
      for (int right = left % KEYS; right < RECORDS; right += KEYS) {
        if (left / WINDOW_MS == right / WINDOW_MS) {
          expected.put(left + "+" + right, 1);
        }
      }
    }
    return expected;
  }

  /** A run of one version, left alone before its end or driven to it. One thread. */
  private final class Version implements TaskListener {
    private final Deque<Runnable> uploads = new ArrayDeque<>();
    private final List<Manifest.TaskFile> files = new ArrayList<>();
    private final ExecutionPlan plan;
    private final LocalExecution execution;
    private final SeededTurns turns;
    private int finished;

    Version(StreamApplication app, long seed, Manifest from) {
      ManualTime time = new ManualTime();
      plan = Run.plan(app, 2);
      execution =
          ExecutionBuilder.build(
              plan,
              () -> Planner.topology(app, Run.settings()),
              IntStream.range(0, plan.slots()).boxed().collect(Collectors.toSet()),
              new RunContext(
                  "app-1",
                  Run.settings(),
                  NextVersionTest.class.getClassLoader(),
                  Incarnation.FIRST,
                  new ChannelSizes(8, 2),
                  time,
                  time::millis,
                  time,
                  this),
              new Checkpointing(store, 1, uploads::add),
              from == null ? null : new RestoreFrom(from, store));
      turns = new SeededTurns(seed, time);
      turns.drive(execution);
    }

    void turns(int count) {
      for (int i = 0; i < count; i++) {
        turns.step();
      }
    }

    Manifest checkpoint(long checkpoint) {
      execution.checkpoint(checkpoint);
      for (int i = 0; files.size() < plan.tasks() && i < MOST_TURNS; i++) {
        turns.step();
        while (!uploads.isEmpty()) {
          uploads.remove().run();
        }
      }
      assertThat(files).hasSize(plan.tasks());
      return new Manifest("app-1", checkpoint, 1, 1, plan.fingerprint(), 0, true, files);
    }

    void toEnd() {
      turns.runToRest();
      assertThat(finished).isEqualTo(plan.tasks());
      execution.commit(Task.FINAL);
      turns.runToRest();
    }

    @Override
    public void onSnapshot(String taskId, long checkpointId, Manifest.TaskFile file) {
      files.add(file);
    }

    @Override
    public void onFinished(String taskId) {
      finished++;
    }

    @Override
    public void onFailed(String taskId, TaskFailure failure) {
      throw new AssertionError(taskId + ": " + failure);
    }

    @Override
    public void onCancelled(String taskId) {
      throw new AssertionError(taskId + " was cancelled");
    }
  }
}
