package io.geartrain.execution;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApplication;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import io.geartrain.plan.ChannelMode;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.plan.SourceSplits;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** Runs an application in tests. */
final class Run {
  final Outcomes outcomes = new Outcomes();
  final ManualTime time = new ManualTime();
  final LocalExecution execution;
  final SeededTurns turns;

  private Run(
      StreamApplication app, int parallelism, Settings settings, ChannelSizes sizes, long seed) {
    ExecutionPlan plan = plan(app, parallelism, settings);
    execution =
        ExecutionBuilder.build(
            plan,
            () -> Planner.topology(app, settings),
            new RunContext(
                "app-1",
                settings,
                Run.class.getClassLoader(),
                Incarnation.FIRST,
                sizes,
                time,
                time::millis,
                time,
                outcomes));
    turns = new SeededTurns(seed, time);
  }

  /** How records pass from task to task is said by a property of the whole test run. */
  static Settings settings() {
    String channels = System.getProperty(ChannelMode.SETTING, "local");
    return Settings.of(Map.of(ChannelMode.SETTING, channels));
  }

  static ExecutionPlan plan(StreamApplication app, int parallelism) {
    return plan(app, parallelism, settings());
  }

  private static ExecutionPlan plan(StreamApplication app, int parallelism, Settings settings) {
    ExecutionPlan plan = Planner.plan("app", app, settings, parallelism);
    return SourceSplits.discover(Planner.topology(app, settings), plan);
  }

  /** Ready to run on this thread. */
  static Run of(StreamApplication app, int parallelism, ChannelSizes sizes, long seed) {
    return new Run(app, parallelism, settings(), sizes, seed);
  }

  /** Ready to run on this thread, with settings of its own. */
  static Run of(StreamApplication app, int parallelism, Settings settings, long seed) {
    return new Run(app, parallelism, settings, ChannelSizes.DEFAULT, seed);
  }

  /** To the end on this thread. */
  static Run toRest(StreamApplication app, int parallelism) {
    return toRest(app, parallelism, ChannelSizes.DEFAULT);
  }

  /** To the end on this thread. */
  static Run toRest(StreamApplication app, int parallelism, ChannelSizes sizes) {
    Run run = of(app, parallelism, sizes, 1);
    run.go();
    return run;
  }

  void go() {
    turns.drive(execution);
    toRest();
  }

  /** Turns until nothing moves; what all tasks have finished is published. */
  void toRest() {
    turns.runToRest();
    if (outcomes.finished.size() == execution.tasks().size()) {
      execution.commit(Task.FINAL);
      turns.runToRest();
    }
  }

  /** To the end on a pool. */
  static Outcomes pooled(StreamApplication app, int parallelism, ChannelSizes sizes, int threads) {
    Outcomes outcomes = new Outcomes();
    ExecutionPlan plan = plan(app, parallelism);
    try (PooledTurns turns = new PooledTurns(threads)) {
      LocalExecution execution =
          ExecutionBuilder.build(
              plan,
              () -> Planner.topology(app, settings()),
              new RunContext(
                  "app-1",
                  settings(),
                  Run.class.getClassLoader(),
                  Incarnation.FIRST,
                  sizes,
                  System::nanoTime,
                  System::currentTimeMillis,
                  turns,
                  outcomes));
      turns.drive(execution);
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(60))
          .until(() -> !outcomes.failed.isEmpty() || outcomes.ended() == plan.tasks());
      if (outcomes.finished.size() == plan.tasks()) {
        execution.commit(Task.FINAL);
        Awaitility.await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> execution.tasks().stream().allMatch(Task::isDone));
      }
      execution.cancel();
    }
    return outcomes;
  }
}
