package io.geartrain.protocol;

import io.geartrain.metrics.TaskMetrics;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.spi.CheckpointStore;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What an executor tells its app master. */
public sealed interface ExecutorToAppMaster extends ControlMessage {
  /** Who tells it. */
  String executorId();

  /** Of the app master that it was launched by. */
  long epoch();

  /** The definition's plan; both runs agreed. */
  record Planned(String executorId, long epoch, ExecutionPlan plan)
      implements ExecutorToAppMaster {}

  /** The definition threw, took too long, or its two runs differ. */
  record PlanningFailed(String executorId, long epoch, Failure failure)
      implements ExecutorToAppMaster {}

  /** The tasks are set up. */
  record PlanInstalled(String executorId, long epoch) implements ExecutorToAppMaster {}

  /** A task has processed all of its input; the last checkpoint publishes its output. */
  record TaskFinished(String executorId, long epoch, String taskId)
      implements ExecutorToAppMaster {}

  /** A task has stored its part of a checkpoint. */
  record SnapshotTaken(String executorId, long epoch, long checkpoint, Part part)
      implements ExecutorToAppMaster {}

  /** A task could not store its part of a checkpoint; it runs on. */
  record SnapshotFailed(
      String executorId, long epoch, long checkpoint, String taskId, String reason)
      implements ExecutorToAppMaster {}

  /** All that was made ready up to the checkpoint is visible. */
  record OutputPublished(String executorId, long epoch, long checkpoint)
      implements ExecutorToAppMaster {}

  /** The last checkpoint is committed: all output is visible, and all tasks are done. */
  record CheckpointCommitted(String executorId, long epoch, long checkpoint)
      implements ExecutorToAppMaster {}

  /**
   * A task's part of a checkpoint.
   *
   * @param task its id
   * @param steps ids of the steps of which there is anything
   * @param file name, length and checksum of the file
   * @param content the file itself, if it is small; else null, and the file is in the store
   */
  record Part(String task, List<String> steps, CheckpointStore.Receipt file, byte[] content) {
    /** Copies the list. */
    public Part {
      steps = List.copyOf(steps);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Part that
          && Objects.equals(task, that.task)
          && steps.equals(that.steps)
          && Objects.equals(file, that.file)
          && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
      return Objects.hash(task, steps, file, Arrays.hashCode(content));
    }
  }

  /** A task failed; no other task of the application may publish any more. */
  record TaskFailed(String executorId, long epoch, Failure failure)
      implements ExecutorToAppMaster {}

  /** A task does not come back from the application's code; it still runs. */
  record TaskStalled(String executorId, long epoch, Stall stall) implements ExecutorToAppMaster {}

  /** A task that had stalled has come back. */
  record TaskMoved(String executorId, long epoch, String taskId) implements ExecutorToAppMaster {}

  /** All tasks have stopped, and closed what they held. */
  record TasksStopped(String executorId, long epoch) implements ExecutorToAppMaster {}

  /** The counters of all tasks, each second, and once more before the last task is done. */
  record MetricsReport(String executorId, long epoch, List<TaskMetrics> tasks)
      implements ExecutorToAppMaster {
    /** Copies the list. */
    public MetricsReport {
      tasks = List.copyOf(tasks);
    }
  }
}
