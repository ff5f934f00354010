package io.geartrain.protocol;

/**
 * What was decided on one slice of an application, and why.
 *
 * @param slice which slice, from 0
 * @param decision ASSIGN, WAIT or REJECT
 * @param workerId the worker, if assigned
 * @param workerAddress where that worker is reached, if assigned
 * @param reason the scheduler's reason
 * @param scheduler who decided; names the default with the reason where it had to stand in
 */
public record Placement(
    int slice,
    Kind decision,
    String workerId,
    String workerAddress,
    String reason,
    String scheduler) {
  /** Kind of decision. */
  public enum Kind {
    /** Runs on a worker. */
    ASSIGN,
    /** Not now. */
    WAIT,
    /** Never. */
    REJECT
  }
}
