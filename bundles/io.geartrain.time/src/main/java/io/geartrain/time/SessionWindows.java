package io.geartrain.time;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Watermark;
import io.geartrain.time.KeySessions.Session;
import java.util.List;

/**
 * The law of sessions for any key: a record opens a session, lengthens one, or joins two.
 *
 * @param <T> type of the records
 * @param <A> type of the accumulators
 * @param <R> type of the results
 */
public final class SessionWindows<T, A, R> {
  private final long gapMs;
  private final Aggregator<? super T, A, R> aggregator;

  /** Sessions that end after a gap without records. */
  public SessionWindows(long gapMs, Aggregator<? super T, A, R> aggregator) {
    this.gapMs = gapMs;
    this.aggregator = aggregator;
  }

  /** Start of a session of one record; one at the end of time counts as the last before it. */
  public long startOf(long timestampMs) {
    return Math.min(timestampMs, Watermark.MAX - 1);
  }

  /** End of a session of one record; it is cut where time ends. */
  public long endOf(long timestampMs) {
    return Saturated.plus(startOf(timestampMs), gapMs);
  }

  /** Adds a record; the session that holds it then, open again if its result had left. */
  public Session<A> add(KeySessions<A> key, T value, long timestampMs) throws Exception {
    long timestamp = startOf(timestampMs);
    long end = endOf(timestampMs);
    List<Session<A>> sessions = key.sessions;
    int at = sessions.size();
    while (at > 0 && sessions.get(at - 1).end > timestamp) {
      at--;
    }
    // at: the first session that ends after the record
    Session<A> session;
    if (at < sessions.size() && sessions.get(at).start < end) {
      session = sessions.get(at);
      session.start = Math.min(session.start, timestamp);
      session.end = Math.max(session.end, end);
    } else {
      session = new Session<>(timestamp, end, aggregator.create(), false);
      sessions.add(at, session);
    }
    session.closed = false;
    while (at + 1 < sessions.size() && sessions.get(at + 1).start < session.end) {
      Session<A> later = sessions.remove(at + 1);
      session.accumulator = aggregator.merge(session.accumulator, later.accumulator);
      session.end = Math.max(session.end, later.end);
    }
    session.accumulator = aggregator.add(session.accumulator, value);
    return session;
  }

  /** The session's result; its records stay, in case more come. */
  public R close(Session<A> session) throws Exception {
    session.closed = true;
    return aggregator.result(session.accumulator);
  }

  /** Forgets sessions that ended at or before a time; whether none is left. */
  public boolean expire(KeySessions<A> key, long endedMs) {
    key.sessions.removeIf(session -> session.closed && session.end <= endedMs);
    return key.sessions.isEmpty();
  }
}
