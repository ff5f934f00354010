package io.geartrain.execution;

import io.geartrain.channel.ProducerEnd;
import io.geartrain.metrics.TaskMetrics;
import java.util.Collection;
import java.util.List;

/** The tasks of one application in this JVM; safe for any thread. */
public final class LocalExecution {
  private final List<Task> tasks;
  private final List<ProducerEnd> channels;

  LocalExecution(List<Task> tasks, Collection<ProducerEnd> channels) {
    this.tasks = List.copyOf(tasks);
    this.channels = List.copyOf(channels);
  }

  /** All tasks, those which records reach first coming first. */
  public List<Task> tasks() {
    return tasks;
  }

  /** Wakes all tasks for their first turn; each must have its hook. */
  public void start() {
    tasks.forEach(Task::wake);
  }

  /** Asks all tasks for a checkpoint, as {@link Task#checkpoint}. */
  public void checkpoint(long checkpointId) {
    tasks.forEach(task -> task.checkpoint(checkpointId));
  }

  /** Lets no task go on after a checkpoint, as {@link Task#hold}. */
  public void hold(long checkpointId) {
    tasks.forEach(task -> task.hold(checkpointId));
  }

  /** Lets all tasks go on, as {@link Task#goOn}. */
  public void goOn() {
    tasks.forEach(Task::goOn);
  }

  /** Tells all tasks that a checkpoint is safe, as {@link Task#commit}. */
  public void commit(long checkpointId) {
    tasks.forEach(task -> task.commit(checkpointId));
  }

  /** Cancels all tasks. */
  public void cancel() {
    tasks.forEach(Task::cancel);
  }

  /** What each task has done so far. */
  public List<TaskMetrics> metrics() {
    return tasks.stream().map(Task::metrics).toList();
  }

  /** How many batches may be alive within the channels' credit. */
  public long creditBatches() {
    return channels.stream().mapToLong(ProducerEnd::credit).sum();
  }

  /** How many batches are alive beyond the credit, as output of single records. */
  public long overdrawnBatches() {
    return channels.stream().mapToLong(ProducerEnd::overdrawn).sum();
  }
}
