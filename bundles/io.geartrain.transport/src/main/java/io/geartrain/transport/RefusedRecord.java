package io.geartrain.transport;

/**
 * A record can't be written as bytes, or not be made of them again; the application is at fault.
 */
public final class RefusedRecord extends TransportException {
  private static final long serialVersionUID = 1L;

  private final String stepId;
  private final transient Object value;
  private final Long timestamp;

  /**
   * A refusal.
   *
   * @param stepId the step that sends the record, or that it was for
   * @param value the record; null if it could not be read
   * @param timestamp its event time in ms; null if it could not be read
   */
  RefusedRecord(String stepId, Object value, Long timestamp, String message, Throwable cause) {
    super(message, cause);
    this.stepId = stepId;
    this.value = value;
    this.timestamp = timestamp;
  }

  /** The step that sends the record, or that it was for. */
  public String stepId() {
    return stepId;
  }

  /** The record; null if it could not be read. */
  public Object value() {
    return value;
  }

  /** Its event time in ms; null if it could not be read. */
  public Long timestamp() {
    return timestamp;
  }
}
