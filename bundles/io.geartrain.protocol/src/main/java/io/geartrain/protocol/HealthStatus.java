package io.geartrain.protocol;

/**
 * How a running application does as a whole.
 *
 * @param audit of all records that crossed channels since the app master began
 */
public record HealthStatus(AuditStatus audit) {
  /** Of an application of which nothing is known. */
  public static final HealthStatus NONE = new HealthStatus(AuditStatus.NONE);

  /** What an earlier version wrote down says less. */
  public HealthStatus {
    audit = audit == null ? AuditStatus.NONE : audit;
  }
}
