package io.geartrain.appmaster.internal;

import io.geartrain.protocol.ApplicationState;
import java.time.Duration;
import java.time.Instant;

/**
 * The phase that an application is in, what is shown of it, and by when it has to be over. Owned by
 * {@link AppMasterState}.
 */
final class PhaseClock {
  private final StatusBoard board;
  private Phase phase = Phase.NEW;
  private Instant deadline;

  PhaseClock(StatusBoard board) {
    this.board = board;
  }

  Phase phase() {
    return phase;
  }

  boolean in(Phase asked) {
    return phase == asked;
  }

  /** Whether tasks run, be it to their end. */
  boolean runs() {
    return phase == Phase.RUNNING || phase == Phase.FINISHING;
  }

  /** Whether it was decided how the application ends. */
  boolean ends() {
    return phase == Phase.STOPPING || phase == Phase.ENDED;
  }

  /**
   * A phase begins.
   *
   * @param limit how long it may take; null = as long as it likes
   */
  void enter(Phase next, ApplicationState shown, Duration limit, Instant now) {
    phase = next;
    board.state(shown);
    deadline = limit == null ? null : now.plus(limit);
  }

  /** A phase begins; what is shown and how long it may take is for others to say. */
  void enter(Phase next) {
    phase = next;
  }

  /** From now on it may take so long. */
  void limit(Duration limit, Instant now) {
    deadline = now.plus(limit);
  }

  /** It may take as long as it likes. */
  void unlimited() {
    deadline = null;
  }

  boolean isLate(Instant now) {
    return deadline != null && !now.isBefore(deadline);
  }
}
