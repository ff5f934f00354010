package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.StreamApplication;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs an application up to a checkpoint, and perhaps begins with one; one thread. */
final class CheckpointedRun implements TaskListener {
  /** So that a turn comes to its end however much there is to do. */
  private static final long NANOS_OF_A_LOOK = 100_000;

  final Map<String, TaskFailure> failed = new ConcurrentHashMap<>();
  final LocalExecution execution;
  private final ExecutionPlan plan;
  private final ManualTime time = new ManualTime();
  private final SeededTurns turns = new SeededTurns(1, time);
  private final Map<String, Manifest.TaskFile> answers = new TreeMap<>();

  /**
   * A run that has not begun.
   *
   * @param from the checkpoint to begin with; null to begin anew
   */
  CheckpointedRun(
      StreamApplication app, int parallelism, MemoryCheckpointStore store, Manifest from) {
    plan = Run.plan(app, parallelism);
    execution =
        ExecutionBuilder.build(
            plan,
            () -> Planner.topology(app, Run.settings()),
            IntStream.range(0, plan.slots()).boxed().collect(Collectors.toSet()),
            new RunContext(
                "app-1",
                Run.settings(),
                CheckpointedRun.class.getClassLoader(),
                Incarnation.FIRST,
                new ChannelSizes(8, 2),
                () -> {
                  time.advance(NANOS_OF_A_LOOK);
                  return time.getAsLong();
                },
                time::millis,
                time,
                this),
            new Checkpointing(store, 1, Runnable::run),
            from == null ? null : new RestoreFrom(from, store));
    turns.drive(execution);
  }

  /** So many turns; fewer if nothing moves any more. */
  void turns(int most) {
    for (int i = 0; i < most && (turns.step() || time.advanceToTimer()); i++) {}
  }

  /** Takes a checkpoint and does nothing after it. */
  Manifest checkpointAndHold() {
    return checkpointAndHold(1);
  }

  /** The same, with a number for it. */
  Manifest checkpointAndHold(long checkpoint) {
    execution.hold(checkpoint);
    execution.checkpoint(checkpoint);
    turns(100_000);
    assertThat(answers).hasSize(plan.tasks());
    return new Manifest(
        "app-1",
        checkpoint,
        1,
        1,
        plan.fingerprint(),
        0,
        false,
        answers.values().stream().toList());
  }

  @Override
  public void onSnapshot(String taskId, long checkpointId, Manifest.TaskFile file) {
    answers.put(taskId, file);
  }

  @Override
  public void onSnapshotFailed(String taskId, long checkpointId, String problem) {
    throw new AssertionError(taskId + ": " + problem);
  }

  @Override
  public void onFinished(String taskId) {}

  @Override
  public void onFailed(String taskId, TaskFailure failure) {
    failed.put(taskId, failure);
  }

  @Override
  public void onCancelled(String taskId) {}
}
