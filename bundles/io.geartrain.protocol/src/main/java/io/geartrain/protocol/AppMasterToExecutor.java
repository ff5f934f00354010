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
   *
   * @param attempt how often tasks were set up in this epoch, this time included
   * @param restore the checkpoint to begin from; null = from the start
   */
  record InstallPlan(
      long epoch, int attempt, ExecutionPlan plan, List<Integer> slices, Restore restore)
      implements AppMasterToExecutor {
    /** Copies the list. */
    public InstallPlan {
      slices = List.copyOf(slices);
    }

    /** From the start. */
    public InstallPlan(long epoch, int attempt, ExecutionPlan plan, List<Integer> slices) {
      this(epoch, attempt, plan, slices, null);
    }
  }

  /**
   * A checkpoint that stands.
   *
   * @param checkpoint its number
   * @param name under which its files are kept
   */
  record Restore(long checkpoint, String name) {}

  /**
   * Let each task that has not ended store its part of a checkpoint; each part is answered by
   * {@link ExecutorToAppMaster.SnapshotTaken} or {@link ExecutorToAppMaster.SnapshotFailed}.
   */
  record TriggerCheckpoint(long epoch, long checkpoint) implements AppMasterToExecutor {}

  /**
   * The checkpoint stands: make visible what was written before it. May come again; answered by
   * {@link ExecutorToAppMaster.CheckpointCommitted} where it is the last.
   *
   * @param last true if all tasks have ended, and nothing comes after it
   */
  record CommitCheckpoint(long epoch, long checkpoint, boolean last)
      implements AppMasterToExecutor {}

  /** Start the tasks that were set up. */
  record StartTasks(long epoch) implements AppMasterToExecutor {}

  /** Stop all tasks, publish nothing; answered by {@link ExecutorToAppMaster.TasksStopped}. */
  record StopTasks(long epoch) implements AppMasterToExecutor {}
}
