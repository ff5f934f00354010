package io.geartrain.appmaster.internal;

import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.state.Manifest;

/** What {@link CheckpointCoordinator} wants done; carried out in order. */
sealed interface CheckpointDecision {
  /**
   * Ask all tasks for their part.
   *
   * @param hold whether they do nothing more after it
   */
  record Trigger(long checkpoint, boolean hold) implements CheckpointDecision {
    /** After which tasks go on. */
    Trigger(long checkpoint) {
      this(checkpoint, false);
    }
  }

  /** Let tasks go on that were held after a checkpoint. */
  record Release(long checkpoint) implements CheckpointDecision {}

  /** Save the manifest and commit it, fenced; answered by committed, failed or unknown. */
  record Store(Manifest manifest, StandingCheckpoint record) implements CheckpointDecision {}

  /** Find out whether a commit has happened whose answer was lost, and answer the same way. */
  record Resolve(long checkpoint) implements CheckpointDecision {}

  /**
   * Tell all executors that the checkpoint stands, so that sinks make its output visible.
   *
   * @param last true if all tasks have come to their end or are held, so that nothing comes after
   */
  record Commit(long checkpoint, boolean last) implements CheckpointDecision {}

  /** The checkpoint will never stand. */
  record Abort(long checkpoint, String reason) implements CheckpointDecision {}

  /**
   * Tell who asked for a checkpoint what has become of it.
   *
   * @param request names the request
   * @param number of the checkpoint; 0 if there is none
   * @param code why it failed; null if it did not
   * @param problem the same for people; null if it did not
   */
  record Answer(String request, long number, Outcome outcome, String code, String problem)
      implements CheckpointDecision {
    static Answer begun(String request, long number) {
      return new Answer(request, number, Outcome.BEGUN, null, null);
    }

    static Answer stands(String request, long number) {
      return new Answer(request, number, Outcome.STANDS, null, null);
    }

    static Answer failed(String request, long number, String code, String problem) {
      return new Answer(request, number, Outcome.FAILED, code, problem);
    }
  }

  /** All tasks have come to their end, but the last checkpoint can't be made. */
  record CannotFinish(String reason) implements CheckpointDecision {}
}
