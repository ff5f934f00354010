package io.geartrain.execution.internal;

/** A step of the application threw; carries where and at which record. */
final class StepFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String processorId;
  private final transient Object value;
  private final transient Long timestamp;

  /**
   * A failure.
   *
   * @param value the record at hand, or null
   * @param timestamp its event time in ms, or null
   */
  StepFailure(String processorId, Object value, Long timestamp, Throwable cause) {
    super(null, cause, false, false);
    this.processorId = processorId;
    this.value = value;
    this.timestamp = timestamp;
  }

  String processorId() {
    return processorId;
  }

  Object value() {
    return value;
  }

  Long timestamp() {
    return timestamp;
  }
}
