package io.geartrain.protocol;

/**
 * What became of the records that crossed channels, as counted on both sides and compared at each
 * barrier and at the end.
 *
 * @param audited records of which as many came as were sent
 * @param lost records that were sent and did not come
 * @param duplicated records that came more often than they were sent
 */
public record AuditStatus(long audited, long lost, long duplicated) {
  /** Nothing was compared yet. */
  public static final AuditStatus NONE = new AuditStatus(0, 0, 0);

  /** Both together. */
  public AuditStatus plus(AuditStatus other) {
    return new AuditStatus(
        audited + other.audited, lost + other.lost, duplicated + other.duplicated);
  }
}
