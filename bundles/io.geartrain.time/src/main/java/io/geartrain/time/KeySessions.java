package io.geartrain.time;

import java.util.ArrayList;
import java.util.List;

/**
 * The sessions of one key that are still open or may still grow, sorted by time. Handled by {@link
 * SessionWindows}.
 *
 * @param <A> type of the accumulators
 */
public final class KeySessions<A> {
  /** One session: from its first record to the gap after its last. */
  public static final class Session<A> {
    long start;
    long end;
    A accumulator;
    boolean closed;

    /**
     * A session.
     *
     * @param start time of the first record
     * @param end time of the last record and the gap
     * @param closed whether its result has left
     */
    public Session(long start, long end, A accumulator, boolean closed) {
      this.start = start;
      this.end = end;
      this.accumulator = accumulator;
      this.closed = closed;
    }

    /** Time of the first record. */
    public long start() {
      return start;
    }

    /** Time of the last record and the gap. */
    public long end() {
      return end;
    }

    /** What its records add up to. */
    public A accumulator() {
      return accumulator;
    }

    /** Whether its result has left. */
    public boolean closed() {
      return closed;
    }
  }

  final List<Session<A>> sessions = new ArrayList<>(1);

  /** Whether {@link SessionTimers} has a timer for the key. */
  boolean timed;

  /** When that one rings, in ms. */
  long timer;

  /** All sessions, sorted. */
  public List<Session<A>> all() {
    return sessions;
  }

  /** Adds a session as it was in a checkpoint, in the order of time. */
  public void restore(Session<A> session) {
    sessions.add(session);
  }
}
