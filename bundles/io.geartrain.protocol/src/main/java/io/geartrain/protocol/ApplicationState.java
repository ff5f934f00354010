package io.geartrain.protocol;

/**
 * Life of an application.
 *
 * <pre>
 * SUBMITTED → PLANNING → WAITING → DEPLOYING → RUNNING → COMPLETED
 *    └───────────┴──────────┴──────────┴──────────┴────→ FAILED
 *    └───────────┴──────────┴──────────┴──────────┴────→ CANCELLING → CANCELLED
 * </pre>
 *
 * After a restart of the master an application that has not ended starts again at SUBMITTED.
 */
public enum ApplicationState {
  /** Accepted and recorded. */
  SUBMITTED,
  /** Its definition is being run. */
  PLANNING,
  /** Waits for slots. */
  WAITING,
  /** Its tasks are being set up. */
  DEPLOYING,
  /** Its tasks run. */
  RUNNING,
  /** Its tasks are being stopped because somebody asked for it. */
  CANCELLING,
  /** All input was processed and published. */
  COMPLETED,
  /** Something went wrong; the failure says what. */
  FAILED,
  /** Stopped because somebody asked for it. */
  CANCELLED;

  /** True if nothing more will happen to the application. */
  public boolean isTerminal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
