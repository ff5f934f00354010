package io.geartrain.protocol;

/**
 * How a running application does as a whole.
 *
 * @param audit of all records that crossed channels since the app master began
 * @param clock where it is in event time
 */
public record HealthStatus(AuditStatus audit, ClockStatus clock) {
  /** Of an application of which nothing is known. */
  public static final HealthStatus NONE = new HealthStatus(AuditStatus.NONE, ClockStatus.NONE);

  /** What an earlier version wrote down says less. */
  public HealthStatus {
    audit = audit == null ? AuditStatus.NONE : audit;
    clock = clock == null ? ClockStatus.NONE : clock;
  }
}
