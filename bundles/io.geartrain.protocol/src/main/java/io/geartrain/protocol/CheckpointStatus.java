package io.geartrain.protocol;

import io.geartrain.plan.ErrorText;
import java.time.Instant;

/**
 * How an application's checkpoints and restarts stand.
 *
 * @param last number of the last one that stands, of this application itself; 0 = none
 * @param lastAt when it was committed; null if none was since the app master began
 * @param durationMs how long it took
 * @param bytes how large its files are together
 * @param completed how many were made since the app master began
 * @param failed how many were given up since then
 * @param problem why the last one failed; null if it did not; cut as a failure's message is
 * @param published number of the last one whose output is known to be visible; 0 = none
 * @param restoredFrom number of the one that the tasks were last started from, be it another
 *     application's; 0 = from the start
 * @param restarts how often the tasks were restarted after a failure since the app master began
 * @param lastFailure in one line, what the last restart was for; null if there was none; cut too
 */
public record CheckpointStatus(
    long last,
    Instant lastAt,
    long durationMs,
    long bytes,
    long completed,
    long failed,
    String problem,
    long published,
    long restoredFrom,
    int restarts,
    String lastFailure) {
  /** Of an application that has made none. */
  public static final CheckpointStatus NONE =
      new CheckpointStatus(0, null, 0, 0, 0, 0, null, 0, 0, 0, null);

  /** Cuts what is too long. */
  public CheckpointStatus {
    problem = ErrorText.cutMessage(problem);
    lastFailure = ErrorText.cutMessage(lastFailure);
  }
}
