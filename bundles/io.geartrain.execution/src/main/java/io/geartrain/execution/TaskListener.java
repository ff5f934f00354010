package io.geartrain.execution;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears how each task ends, exactly once for each; called in the task's last turn. */
@ConsumerType
public interface TaskListener {
  /** All input has ended and all output is on its way or written. */
  void onFinished(String taskId);

  /** The task failed and is closed; the other tasks wait for ever unless they are cancelled. */
  void onFailed(String taskId, TaskFailure failure);

  /** The task was cancelled and is closed. */
  void onCancelled(String taskId);
}
