package io.geartrain.execution.internal;

/** A step of the application threw; carries where and at which record. */
public final class StepFailure extends RuntimeException {
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

  /** The step. */
  public String processorId() {
    return processorId;
  }

  /** The record at hand, or null. */
  public Object value() {
    return value;
  }

  /** Its event time in ms, or null. */
  public Long timestamp() {
    return timestamp;
  }
}
