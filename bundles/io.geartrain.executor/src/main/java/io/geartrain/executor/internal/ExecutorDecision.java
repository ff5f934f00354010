package io.geartrain.executor.internal;

import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.ExecutorToAppMaster;
import java.util.List;
import java.util.Set;

/** What {@link ExecutorState} wants done; carried out in order by the shell. */
public sealed interface ExecutorDecision {
  /** Tell the app master. */
  record Tell(ExecutorToAppMaster message) implements ExecutorDecision {}

  /** Run the definition on a thread of its own. */
  record Define(int defaultParallelism) implements ExecutorDecision {}

  /** Give the definition's thread up, and tell the app master where it is stuck. */
  record GiveUpDefinition(long timeoutMs) implements ExecutorDecision {}

  /**
   * Set up the tasks of these slices.
   *
   * @param attempt how often tasks were set up in this epoch, this time included
   */
  record Install(int attempt, ExecutionPlan plan, List<Integer> slices, Restore restore)
      implements ExecutorDecision {}

  /** Give each task its first turn. */
  record Start() implements ExecutorDecision {}

  /**
   * Ask each task for its part of a checkpoint.
   *
   * @param hold whether the tasks do nothing more after it
   */
  record Checkpoint(long checkpoint, boolean hold) implements ExecutorDecision {}

  /** Let tasks go on that were held after a checkpoint. */
  record GoOn() implements ExecutorDecision {}

  /**
   * Let the tasks make visible what was written before the checkpoint.
   *
   * @param last true if nothing comes after it
   */
  record Commit(long checkpoint, boolean last) implements ExecutorDecision {}

  /** Make the next turn of each task its last. */
  record Cancel() implements ExecutorDecision {}

  /** Interrupt the threads of these tasks. */
  record Interrupt(Set<String> tasks) implements ExecutorDecision {}

  /** Tell the app master that these tasks do not stop, and where they are stuck. */
  record TellStuck(Set<String> tasks) implements ExecutorDecision {}

  /** Tell the app master the counters of all tasks. */
  record TellMetrics() implements ExecutorDecision {}

  /** Stop this executor. */
  record Terminate() implements ExecutorDecision {}
}
