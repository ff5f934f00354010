package io.geartrain.protocol;

import io.geartrain.plan.ExecutionPlan;
import java.util.List;

/** What an app master tells an executor; each carries its epoch, and an older one is refused. */
public sealed interface AppMasterToExecutor extends ControlMessage {
  /**
   * Run the definition twice and answer with the plan: {@link ExecutorToAppMaster.Planned} or
   * {@link ExecutorToAppMaster.PlanningFailed}.
   *
   * @param timeoutMs how long the definition may take
   */
  record PlanApplication(long epoch, int defaultParallelism, long timeoutMs)
      implements AppMasterToExecutor {}

  /**
   * Set up the tasks of these slices, without starting them; answered by {@link
   * ExecutorToAppMaster.PlanInstalled} or {@link ExecutorToAppMaster.TaskFailed}.
   */
  record InstallPlan(long epoch, ExecutionPlan plan, List<Integer> slices)
      implements AppMasterToExecutor {
    /** Copies the list. */
    public InstallPlan {
      slices = List.copyOf(slices);
    }
  }

  /** Start the tasks that were set up. */
  record StartTasks(long epoch) implements AppMasterToExecutor {}

  /** Stop all tasks, publish nothing; answered by {@link ExecutorToAppMaster.TasksStopped}. */
  record StopTasks(long epoch) implements AppMasterToExecutor {}
}
