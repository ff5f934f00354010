package io.geartrain.protocol;

/**
 * How a running application does as a whole.
 *
 * @param audit of all records that crossed channels since the app master began
 * @param clock where it is in event time
 * @param stalls which of its tasks do not come back from its code
 */
public record HealthStatus(AuditStatus audit, ClockStatus clock, StallStatus stalls) {
  /** Of an application of which nothing is known. */
  public static final HealthStatus NONE =
      new HealthStatus(AuditStatus.NONE, ClockStatus.NONE, StallStatus.NONE);

  /** What an earlier version wrote down says less. */
  public HealthStatus {
    audit = audit == null ? AuditStatus.NONE : audit;
    clock = clock == null ? ClockStatus.NONE : clock;
    stalls = stalls == null ? StallStatus.NONE : stalls;
  }
}
