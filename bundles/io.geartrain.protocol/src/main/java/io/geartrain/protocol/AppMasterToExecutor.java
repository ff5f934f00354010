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
   * @param application id of the application whose checkpoint it is
   * @param checkpoint its number
   * @param name under which its files are kept
   * @param dropped ids of the steps whose state is left out
   * @param publishOnly whether the tasks only make visible what was made ready in it, and then are
   *     at their end
   */
  record Restore(
      String application, long checkpoint, String name, List<String> dropped, boolean publishOnly) {
    /** Copies the list. */
    public Restore {
      dropped = List.copyOf(dropped);
    }
  }

  /**
   * Let each task that has not ended store its part of a checkpoint; each part is answered by
   * {@link ExecutorToAppMaster.SnapshotTaken} or {@link ExecutorToAppMaster.SnapshotFailed}.
   *
   * @param hold whether tasks do nothing more after it, until {@link ReleaseTasks} or the last
   *     {@link CommitCheckpoint}
   */
  record TriggerCheckpoint(long epoch, long checkpoint, boolean hold)
      implements AppMasterToExecutor {
    /** After which tasks go on. */
    public TriggerCheckpoint(long epoch, long checkpoint) {
      this(epoch, checkpoint, false);
    }
  }

  /** The checkpoint after which tasks were held will not stand: let them go on. */
  record ReleaseTasks(long epoch, long checkpoint) implements AppMasterToExecutor {}

  /**
   * The checkpoint stands: make visible what was written before it. May come again; answered by
   * {@link ExecutorToAppMaster.OutputPublished}, and where it is the last by {@link
   * ExecutorToAppMaster.CheckpointCommitted}.
   *
   * @param last true if all tasks have ended or are held, and nothing comes after it
   */
  record CommitCheckpoint(long epoch, long checkpoint, boolean last)
      implements AppMasterToExecutor {}

  /** Start the tasks that were set up. */
  record StartTasks(long epoch) implements AppMasterToExecutor {}

  /** Stop all tasks, publish nothing; answered by {@link ExecutorToAppMaster.TasksStopped}. */
  record StopTasks(long epoch) implements AppMasterToExecutor {}
}
