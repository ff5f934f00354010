package io.geartrain.execution;

import io.geartrain.metrics.TaskMetrics;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One instance of a chain of steps. It runs in turns: at most one at a time, each on any thread,
 * with a happens-before edge from one to the next. {@link #run} is for the one who gives the turns;
 * all else may be called by anybody at any time.
 */
@ProviderType
public interface Task {
  /** Stands for the last of all checkpoints, after which nothing comes. */
  long FINAL = Long.MAX_VALUE;

  /** The chain's head and the task's index, {@code split/1}. */
  String id();

  /** Which of the chain's tasks it is, from 0; also the slice that it belongs to. */
  int index();

  /** Ids of the steps that are fused into it, the head first. */
  List<String> processors();

  /** Whether its code may block, so that it needs a thread of its own. */
  boolean isBlocking();

  /**
   * Takes one turn.
   *
   * @param nanos how long it should last at most, by the clock of the {@link RunContext}; it lasts
   *     longer by no more than the processing of one record, or of a few fast ones; 0 = one batch
   * @return true if there is more to do now, so that another turn must follow; false if the task
   *     sleeps, until the hook is called
   */
  boolean run(long nanos);

  /**
   * Sets how the task asks for a turn when it sleeps; before the start.
   *
   * @param hook never blocks, never throws and does not run the turn itself; called by any thread,
   *     once for each sleep
   */
  void onWake(Runnable hook);

  /** Asks for a turn if the task sleeps. */
  void wake();

  /**
   * Asks for a checkpoint; called for every task of the application, with ids that rise. Sources
   * let a barrier go, the others wait for it; one that has finished answers with its last state.
   * The {@link TaskListener} hears of the snapshot.
   */
  void checkpoint(long checkpointId);

  /**
   * Lets the task do nothing more once it has given its part of a checkpoint that it will be asked
   * for, until {@link #goOn}, or until it is done by a {@link #commit} with {@link #FINAL}.
   */
  void hold(long checkpointId);

  /** Lets the task go on; no effect if it is not held. */
  void goOn();

  /**
   * The checkpoint is safe: sinks make visible, on the task's turn, what they had made ready up to
   * it; the listener hears of that. With {@link #FINAL} the task is done afterwards.
   */
  void commit(long checkpointId);

  /** Makes the next turn the last: it closes all and tells the listener. No effect once done. */
  void cancel();

  /** Whether it has made its last commit, failed or was cancelled. */
  boolean isDone();

  /** What it has done so far. */
  TaskMetrics metrics();
}
