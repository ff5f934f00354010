package io.geartrain.execution.internal;

import io.geartrain.channel.Credit;

/**
 * Keeps the first failure of a task, so that a step which catches what the steps after it throw
 * can't hide it. On the task's thread.
 */
final class FailureLatch {
  private final Credit credit;
  private StepFailure first;

  FailureLatch(Credit credit) {
    this.credit = credit;
  }

  /**
   * Notes a failure and makes the task stop after the record at hand; the first one is returned.
   */
  StepFailure note(String processorId, Object value, Long timestamp, Throwable cause) {
    if (first == null) {
      first =
          cause instanceof StepFailure failure
              ? failure
              : new StepFailure(processorId, value, timestamp, cause);
      credit.exhaust();
    }
    return first;
  }

  /** Throws the first failure if there was one. */
  void check() {
    if (first != null) {
      throw first;
    }
  }
}
