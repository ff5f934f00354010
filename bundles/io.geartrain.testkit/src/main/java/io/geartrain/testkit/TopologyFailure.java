package io.geartrain.testkit;

import io.geartrain.execution.TaskFailure;

/** A task of the application failed; tells where and at which record, as the platform would. */
public final class TopologyFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient TaskFailure failure;

  TopologyFailure(TaskFailure failure) {
    super(describe(failure));
    this.failure = failure;
  }

  private static String describe(TaskFailure failure) {
    String record =
        failure.timestamp() == null
            ? "outside of any record"
            : "at the record '%s' of time %d".formatted(failure.value(), failure.timestamp());
    return "task %d of step '%s' failed %s: %s%nCause: %s"
        .formatted(
            failure.taskIndex(),
            failure.processorId(),
            record,
            failure.message(),
            failure.stackTrace());
  }

  /** Id of the step. */
  public String processor() {
    return failure.processorId();
  }

  /** Which of the step's tasks, from 0. */
  public int task() {
    return failure.taskIndex();
  }

  /** Text of the record at hand, at most 200 characters; empty if there was none. */
  public String value() {
    return failure.value();
  }

  /** Event time of the record at hand in ms; null if there was none. */
  public Long timestamp() {
    return failure.timestamp();
  }

  /** What was thrown, in one line: class and message. */
  public String reason() {
    return failure.message();
  }

  /** The stack trace of what was thrown, with all causes, at most 16,000 characters. */
  public String causeTrace() {
    return failure.stackTrace();
  }
}
