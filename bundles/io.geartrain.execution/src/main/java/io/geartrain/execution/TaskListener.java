package io.geartrain.execution;

import io.geartrain.state.Manifest;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what becomes of each task. Ends come on the task's turn; snapshots on any thread. A task
 * that has finished waits for {@link Task#commit} with {@link Task#FINAL}, and may still fail in
 * it, or be cancelled before it.
 */
@ConsumerType
public interface TaskListener {
  /**
   * All input has ended, all output is on its way or made ready in the sinks. When all tasks of the
   * application have come so far, {@link LocalExecution#commit} with {@link Task#FINAL} publishes
   * it.
   */
  void onFinished(String taskId);

  /** The task failed and is closed; the other tasks wait for ever unless they are cancelled. */
  void onFailed(String taskId, TaskFailure failure);

  /** The task was cancelled and is closed. */
  void onCancelled(String taskId);

  /** The task's part of a checkpoint is durable; once for each task and checkpoint. */
  default void onSnapshot(String taskId, long checkpointId, Manifest.TaskFile file) {}

  /** All that the task's sinks had made ready up to the checkpoint is visible. */
  default void onCommitted(String taskId, long checkpointId) {}

  /** The task was held after a checkpoint, has made its last commit, and is closed. */
  default void onStopped(String taskId) {}

  /** The checkpoint can't be; the task goes on. */
  default void onSnapshotFailed(String taskId, long checkpointId, String problem) {}
}
