package io.geartrain.time;

import io.geartrain.time.KeySessions.Session;

/**
 * When the sessions of many keys must be looked at, to close or to forget one: a timer for each
 * key, which rings no later than the first of its sessions is due. A session that has grown by then
 * is due later, so the timer is set again.
 *
 * @param <K> type of the keys
 */
public final class SessionTimers<K> {
  private final long latenessMs;
  private final TimerQueue<K> timers = new TimerQueue<>();

  /** No timer yet; sessions take late records for so long after their ends. */
  public SessionTimers(long latenessMs) {
    this.latenessMs = latenessMs;
  }

  /** A session has begun, grown, joined another, or handed on its result. */
  public void changed(K key, KeySessions<?> sessions, Session<?> session) {
    long due = due(session);
    if (!sessions.timed || due < sessions.timer) {
      if (sessions.timed) {
        timers.remove(sessions.timer, key);
      }
      timers.add(due, key);
      sessions.timed = true;
      sessions.timer = due;
    }
  }

  /** Sets the timer of a key which has none: it has rung, or the sessions are restored. */
  public void set(K key, KeySessions<?> sessions) {
    sessions.timed = false;
    for (Session<?> session : sessions.all()) {
      changed(key, sessions, session);
    }
  }

  /** Takes the earliest timer that rings by a time; null if there is none. */
  public TimerQueue.Timer<K> poll(long nowMs) {
    return timers.poll(nowMs);
  }

  /** How many timers are set. */
  public int size() {
    return timers.size();
  }

  private long due(Session<?> session) {
    return session.closed
        ? Math.min(session.end, Long.MAX_VALUE - latenessMs) + latenessMs
        : session.end;
  }
}
