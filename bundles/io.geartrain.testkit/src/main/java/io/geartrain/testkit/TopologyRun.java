package io.geartrain.testkit;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Vertex;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import io.geartrain.execution.ExecutionBuilder;
import io.geartrain.execution.LocalExecution;
import io.geartrain.execution.RunContext;
import io.geartrain.execution.Task;
import io.geartrain.execution.TaskFailure;
import io.geartrain.execution.TaskListener;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.plan.SourceSplits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A run of an application that a test drives: it works through all that there is to do at one
 * moment, then time may move on. All on the thread of the test; close it at the end.
 */
public final class TopologyRun implements AutoCloseable {
  /** How often a scripted source looks whether something was added to it, in ms of engine time. */
  static final long POLL_MS = 1_000;

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(POLL_MS);
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NEVER = Long.MAX_VALUE;
  private static final int MOST_STEPS = 100_000;
  private static final int MOST_TURNS = 20_000_000;

  private static final ChannelSizes SIZES = new ChannelSizes(16, 3);

  private final ManualClock clock;
  private final EngineTime time;
  private final Random random;
  private final List<Task> ready = new ArrayList<>();
  private final Set<ScriptedSource<?>> scripts = Collections.newSetFromMap(new IdentityHashMap<>());
  private final LocalExecution execution;
  private TaskFailure failure;

  TopologyRun(
      Supplier<? extends StreamApplication> application,
      Settings settings,
      Replacement replacement,
      int parallelism,
      long seed,
      ManualClock clock) {
    this.clock = clock;
    this.time = new EngineTime(clock);
    this.random = new Random(seed);
    Supplier<Topology> definition =
        () -> bound(replacement.in(Planner.topology(application.get(), settings)));
    Topology topology = definition.get();
    ExecutionPlan plan = Planner.plan("test", topology, settings, parallelism);
    Planner.requireSame(plan, definition.get(), settings);
    RunContext context =
        new RunContext(
            "test-0000",
            settings,
            Thread.currentThread().getContextClassLoader(),
            Incarnation.FIRST,
            SIZES,
            time::nanos,
            clock::millis,
            time,
            new Outcome());
    execution = ExecutionBuilder.build(SourceSplits.discover(topology, plan), definition, context);
    execution.tasks().forEach(task -> task.onWake(() -> ready.add(task)));
    execution.start();
  }

  private Topology bound(Topology topology) {
    for (Vertex vertex : topology.vertices()) {
      if (vertex instanceof Vertex.SourceVertex source
          && source.source() instanceof ScriptedSource<?> script) {
        script.bind(clock::nanos);
        scripts.add(script);
      }
    }
    return topology;
  }

  /** The clock of the machine, as the application sees it. */
  public ManualClock clock() {
    return clock;
  }

  /**
   * Works until there is nothing more to do at this moment of the clock.
   *
   * @throws TopologyFailure if a task fails
   */
  public TopologyRun settle() {
    execution.tasks().forEach(Task::wake);
    do {
      turns();
      time.skip(POLL_NANOS);
      turns();
    } while (scripts.stream().anyMatch(ScriptedSource::hasUnread));
    return this;
  }

  /**
   * Moves the clock on, from one timer to the next, and works at each of them.
   *
   * @throws TopologyFailure if a task fails
   */
  public TopologyRun advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time can't go back by " + by);
    }
    settle();
    long end = clock.nanos() + by.toNanos();
    while (clock.nanos() < end) {
      time.advance(Math.min(end - clock.nanos(), nextStep()));
      settle();
    }
    return this;
  }

  /** Whether all input has ended and all tasks are done. */
  public boolean isEnded() {
    return execution.tasks().stream().allMatch(Task::isDone);
  }

  /** The least watermark of the tasks of a step, event time in ms. */
  public long watermark(String stepId) {
    return execution.metrics().stream()
        .filter(task -> task.processors().stream().anyMatch(p -> p.processorId().equals(stepId)))
        .mapToLong(task -> task.watermark())
        .min()
        .orElseThrow(() -> new IllegalArgumentException("there is no step '" + stepId + "'"));
  }

  /**
   * Works to the end of all input; the clock moves on where a source pauses.
   *
   * @throws TopologyFailure if a task fails
   * @throws IllegalStateException if a source never ends
   */
  public TopologyRun toEnd() {
    settle();
    for (int steps = 0; !isEnded(); steps++) {
      if (steps == MOST_STEPS || scripts.stream().anyMatch(ScriptedSource::waitsForMore)) {
        throw new IllegalStateException(
            "a source never ends, so the run can't go to the end: end() it, or drive the run"
                + " step by step");
      }
      long step = nextStep();
      if (step == NEVER) {
        throw new IllegalStateException("the application has not ended, but waits for nothing");
      }
      time.advance(step);
      settle();
    }
    return this;
  }

  /** Stops all tasks that are not done; what they took is released. */
  @Override
  public void close() {
    execution.cancel();
    work();
  }

  /** How long it is, in whole ms, until something may happen. */
  private long nextStep() {
    long pause = scripts.stream().mapToLong(ScriptedSource::pauseNanos).min().orElse(NEVER);
    long next = Math.min(time.nextAlarm(), pause);
    return next == NEVER ? NEVER : Math.max(1, (next + MS - 1) / MS) * MS;
  }

  private void turns() {
    work();
    if (failure != null) {
      TaskFailure first = failure;
      close();
      throw new TopologyFailure(first);
    }
  }

  private void work() {
    int turns = 0;
    while (!ready.isEmpty()) {
      if (++turns > MOST_TURNS) {
        throw new IllegalStateException(
            "the application did not come to rest within " + MOST_TURNS + " turns of its tasks");
      }
      Task task = ready.remove(random.nextInt(ready.size()));
      // no time for more than one batch, after which all is flushed, the watermark too
      if (task.run(0)) {
        ready.add(task);
      }
    }
  }

  /** Hears how the tasks end; what they wrote is published when all have. */
  private final class Outcome implements TaskListener {
    private int finished;

    @Override
    public void onFinished(String taskId) {
      if (++finished == execution.tasks().size()) {
        execution.commit(Task.FINAL);
      }
    }

    @Override
    public void onFailed(String taskId, TaskFailure reason) {
      failure = failure == null ? reason : failure;
      execution.cancel();
    }

    @Override
    public void onCancelled(String taskId) {}
  }
}
