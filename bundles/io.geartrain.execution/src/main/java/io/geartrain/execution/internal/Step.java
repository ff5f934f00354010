package io.geartrain.execution.internal;

/**
 * A step inside a task. Whatever the user's part of it throws leaves as {@link StepFailure}. On the
 * task's thread.
 */
abstract class Step {
  private final String id;

  Step(String id) {
    this.id = id;
  }

  final String id() {
    return id;
  }

  /** Before all else. */
  abstract void open();

  abstract void process(Object value, long timestamp);

  /**
   * Event time moved on, but has not ended. The steps behind hear of it once this one is through.
   *
   * @return false if the step has stopped before it was through, for want of credit or to give
   *     others a turn; it is told the same again until it is, and gets nothing else meanwhile
   */
  abstract boolean watermark(long watermarkMs);

  /** Whether the task gets nothing now, so that those behind go on without its event time. */
  void idle(boolean isIdle) {}

  /** All input has ended, and event time with it; the answer is as that of {@link #watermark}. */
  abstract boolean end();

  /** When the step wants to be called by the clock, in ms since 1970; far off if not at all. */
  long nextProcessingTime() {
    return Long.MAX_VALUE;
  }

  /** The clock has passed a time that the step asked for; it may stop and ask for it again. */
  void processingTime(long nowMs) {}

  /** All barriers of a checkpoint have come: saves what the step has in memory. */
  void snapshot(TaskSnapshot to) {}

  /** The same after the end of input. */
  void lastSnapshot(TaskSnapshot to) {}

  /** A checkpoint is safe. */
  void commit(long checkpointId) {}

  /** What was made ready will never be committed. */
  void abandon() throws Exception {}

  /** Instead of {@link #open}, if the step had come to its end before the checkpoint. */
  void reopenFinished() {}

  /** Releases what the user's part holds; also after a failure, and if {@link #open} never ran. */
  abstract void close() throws Exception;

  abstract long recordsIn();

  abstract long recordsOut();

  /** How many records came too late for any window. */
  long recordsLate() {
    return 0;
  }

  /** How many of those were dropped. */
  long recordsDropped() {
    return 0;
  }
}
