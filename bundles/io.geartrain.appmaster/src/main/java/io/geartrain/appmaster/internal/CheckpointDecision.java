package io.geartrain.appmaster.internal;

import io.geartrain.state.Manifest;

/** What {@link CheckpointCoordinator} wants done; carried out in order. */
sealed interface CheckpointDecision {
  /** Ask all tasks that have not ended for their part. */
  record Trigger(long checkpoint) implements CheckpointDecision {}

  /** Save the manifest and commit it, fenced; answered by committed, failed or unknown. */
  record Store(Manifest manifest) implements CheckpointDecision {}

  /** Find out whether a commit has happened whose answer was lost, and answer the same way. */
  record Resolve(long checkpoint) implements CheckpointDecision {}

  /**
   * Tell all executors that the checkpoint stands, so that sinks make its output visible.
   *
   * @param last true if all tasks have come to their end, so that nothing comes after it
   */
  record Commit(long checkpoint, boolean last) implements CheckpointDecision {}

  /** The checkpoint will never stand. */
  record Abort(long checkpoint, String reason) implements CheckpointDecision {}

  /** All tasks have come to their end, but the last checkpoint can't be made. */
  record CannotFinish(String reason) implements CheckpointDecision {}
}
