package io.geartrain.console.rest.internal;

import io.geartrain.protocol.AuditStatus;

/** The parts of an application's document that tell how it does. Stateless. */
public final class Health {
  private Health() {}

  /** What became of the records that crossed channels. */
  public record Audit(long audited, long lost, long duplicated) {}

  static Audit audit(AuditStatus status) {
    return status == null ? null : new Audit(status.audited(), status.lost(), status.duplicated());
  }
}
