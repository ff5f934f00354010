package io.geartrain.executor.internal;

import io.geartrain.execution.LocalExecution;
import io.geartrain.execution.Task;
import io.geartrain.execution.TaskFailure;
import io.geartrain.execution.TaskListener;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.state.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of an executor with their turns, and how each has ended. The first failure cancels all
 * others at once, so that they publish nothing. Thread-safe.
 */
final class RunningTasks implements TaskListener {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTasks.class);

  /** How a task has ended; what it wrote is published when all have finished. */
  sealed interface Outcome {
    /** All is published. */
    record Finished() implements Outcome {}

    /** It failed. */
    record Failed(TaskFailure failure) implements Outcome {}

    /** It was stopped. */
    record Cancelled() implements Outcome {}
  }

  /** Hears of what is no end; called on any thread. */
  interface Progress {
    /** A task has come to the end of its input. */
    void onReached(String taskId);

    /** A task has stored its part of a checkpoint. */
    void onSnapshot(long checkpoint, Manifest.TaskFile file);

    /** A task could not store its part of a checkpoint. */
    void onSnapshotFailed(String taskId, long checkpoint, String problem);

    /** A task has made visible what it had made ready up to a checkpoint. */
    void onCommitted(String taskId, long checkpoint);
  }

  private final Progress progress;
  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
  private final Map<String, TaskTurn> turns = new ConcurrentHashMap<>();
  private volatile LocalExecution execution;
  private volatile boolean cancelling;

  RunningTasks(Progress progress) {
    this.progress = progress;
  }

  /** Takes the tasks, before any of them runs. */
  void install(LocalExecution built) {
    built.tasks().forEach(task -> turns.put(task.id(), new TaskTurn(task)));
    execution = built;
  }

  /** All tasks; none before they are installed. */
  List<Task> tasks() {
    LocalExecution current = execution;
    return current == null ? List.of() : current.tasks();
  }

  /** The turns of all tasks, those which records reach first coming first. */
  List<TaskTurn> turns() {
    return tasks().stream().map(task -> turns.get(task.id())).toList();
  }

  /** The turns of one task. */
  TaskTurn turn(String taskId) {
    return turns.get(taskId);
  }

  /** How a task has ended; cancelled if it ended without a word. */
  Outcome outcome(String taskId) {
    return outcomes.getOrDefault(taskId, new Outcome.Cancelled());
  }

  /** The counters of all tasks. */
  List<TaskMetrics> metrics() {
    return tasks().stream().map(Task::metrics).toList();
  }

  /** Gives each task its first turn. */
  void start() {
    tasks().forEach(Task::wake);
  }

  /**
   * Asks each task for its part of a checkpoint.
   *
   * @param hold whether they do nothing more after it
   */
  void checkpoint(long checkpoint, boolean hold) {
    if (hold) {
      tasks().forEach(task -> task.hold(checkpoint));
    }
    tasks().forEach(task -> task.checkpoint(checkpoint));
  }

  /** Lets tasks go on that were held. */
  void goOn() {
    tasks().forEach(Task::goOn);
  }

  /** Lets each task make visible what was written before the checkpoint. */
  void commit(long checkpoint) {
    tasks().forEach(task -> task.commit(checkpoint));
  }

  /** Makes the next turn of each task its last. */
  void cancel() {
    cancelling = true;
    tasks().forEach(Task::cancel);
  }

  /** Interrupts those of these tasks that are in a turn, and logs where they are. */
  void interrupt(Collection<String> ids) {
    for (String id : ids) {
      StackTraceElement[] stack = turns.get(id).stack();
      if (stack.length > 0) {
        LOG.warn("Interrupting task {}, which does not stop:\n{}", id, Failures.text(stack));
      }
      turns.get(id).interrupt();
    }
  }

  /** Ids of all tasks. */
  Set<String> ids() {
    return Set.copyOf(turns.keySet());
  }

  @Override
  public void onFinished(String taskId) {
    outcomes.put(taskId, new Outcome.Finished());
    progress.onReached(taskId);
  }

  @Override
  public void onStopped(String taskId) {
    outcomes.put(taskId, new Outcome.Finished());
  }

  @Override
  public void onCommitted(String taskId, long checkpointId) {
    progress.onCommitted(taskId, checkpointId);
  }

  @Override
  public void onFailed(String taskId, TaskFailure failure) {
    if (cancelling) {
      // what it threw may come of being interrupted; the first failure alone counts
      LOG.debug("Task {} failed while being stopped: {}", taskId, failure.message());
      outcomes.put(taskId, new Outcome.Cancelled());
      return;
    }
    outcomes.put(taskId, new Outcome.Failed(failure));
    cancel();
  }

  @Override
  public void onCancelled(String taskId) {
    outcomes.put(taskId, new Outcome.Cancelled());
  }

  @Override
  public void onSnapshot(String taskId, long checkpointId, Manifest.TaskFile file) {
    progress.onSnapshot(checkpointId, file);
  }

  @Override
  public void onSnapshotFailed(String taskId, long checkpointId, String problem) {
    LOG.warn("Task {} has no part of checkpoint {}: {}", taskId, checkpointId, problem);
    progress.onSnapshotFailed(taskId, checkpointId, problem);
  }
}
