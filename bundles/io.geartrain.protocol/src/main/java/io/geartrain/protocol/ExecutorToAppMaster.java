package io.geartrain.protocol;

import io.geartrain.metrics.TaskMetrics;
import io.geartrain.plan.ExecutionPlan;
import java.util.List;

/** What an executor tells its app master. */
public sealed interface ExecutorToAppMaster extends ControlMessage {
  /** The definition's plan; both runs agreed. */
  record Planned(String executorId, long epoch, ExecutionPlan plan)
      implements ExecutorToAppMaster {}

  /** The definition threw, took too long, or its two runs differ. */
  record PlanningFailed(String executorId, long epoch, Failure failure)
      implements ExecutorToAppMaster {}

  /** The tasks are set up. */
  record PlanInstalled(String executorId, long epoch) implements ExecutorToAppMaster {}

  /** A task has processed and published all of its input. */
  record TaskFinished(String executorId, long epoch, String taskId)
      implements ExecutorToAppMaster {}

  /** A task failed; no other task of the application may publish any more. */
  record TaskFailed(String executorId, long epoch, Failure failure)
      implements ExecutorToAppMaster {}

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
