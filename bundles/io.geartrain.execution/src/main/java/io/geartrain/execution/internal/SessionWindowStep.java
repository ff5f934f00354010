package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.channel.KeyHash;
import io.geartrain.state.KeyGroupTable;
import io.geartrain.state.KeyedStates;
import io.geartrain.time.KeySessions;
import io.geartrain.time.KeySessions.Session;
import io.geartrain.time.Saturated;
import io.geartrain.time.SessionTimers;
import io.geartrain.time.SessionWindows;
import io.geartrain.time.TimerQueue;
import java.util.List;

/** Sessions of each key, closed as the watermark passes their ends; on the task's thread. */
final class SessionWindowStep extends UserStep {
  private final Key key;
  private final KeyHash hashes = new KeyHash();
  private final SessionWindows<Object, Object, Object> law;
  private final long latenessMs;
  private final LateRecords late;
  private final TaskState state;
  private final KeyedStates<Object> states;
  private final KeyGroupTable<Object, KeySessions<Object>> keys;
  private final SessionTimers<Object> timers;

  /** All sessions that end at or before it are closed. */
  private long closedUpTo = Long.MIN_VALUE;

  SessionWindowStep(
      Key key,
      Window.Session window,
      Aggregator<Object, Object, Object> aggregator,
      long latenessMs,
      LateRecords late,
      TaskState state,
      Outlets outlets,
      FailureLatch failures) {
    super(key.stepId(), outlets, failures);
    this.key = key;
    this.law = new SessionWindows<>(window.gap().toMillis(), aggregator);
    this.latenessMs = latenessMs;
    this.late = late;
    this.state = state;
    this.states = state.keyed(key.stepId());
    this.keys = states.table("sessions", WindowCodecs::sessions);
    this.timers = new SessionTimers<>(latenessMs);
  }

  @Override
  void open() {
    guarded(() -> states.seal(id()));
    closedUpTo = state.largest(id(), TaskState.CLOSED_UP_TO, Long.MIN_VALUE);
    keys.forEach((k, hash, sessions) -> timers.set(k, sessions));
  }

  @Override
  void snapshot(TaskSnapshot to) {
    to.put(id(), TaskState.CLOSED_UP_TO, closedUpTo);
    to.keyed(id(), states);
  }

  @Override
  void onRecord(Object value, long timestamp) throws Exception {
    Object k = key.of(value);
    int hash = hashes.applyAsInt(k);
    KeySessions<Object> sessions = keys.get(k, hash);
    boolean alone = sessions == null || !touches(sessions, timestamp);
    if (alone && Saturated.plus(law.endOf(timestamp), latenessMs) <= closedUpTo) {
      late.add(value, timestamp);
      return;
    }
    sessions = keys.updateOrCreate(k, hash, any -> new KeySessions<>());
    Session<Object> session = law.add(sessions, value, timestamp);
    if (session.end() <= closedUpTo) {
      emit(k, session);
    }
    timers.changed(k, sessions, session);
  }

  private boolean touches(KeySessions<Object> sessions, long timestamp) {
    for (Session<Object> session : sessions.all()) {
      if (session.start() < law.endOf(timestamp) && law.startOf(timestamp) < session.end()) {
        return true;
      }
    }
    return false;
  }

  @Override
  boolean onWatermark(long watermarkMs) throws Exception {
    closedUpTo = Saturated.plus(watermarkMs, 1);
    for (TimerQueue.Timer<Object> timer = timers.poll(closedUpTo);
        timer != null;
        timer = timers.poll(closedUpTo)) {
      onTimer(timer.key());
      if (!mayGoOn()) {
        return false;
      }
    }
    return true;
  }

  private void onTimer(Object k) throws Exception {
    int hash = hashes.applyAsInt(k);
    KeySessions<Object> sessions = keys.update(k, hash);
    if (sessions == null) {
      return;
    }
    for (Session<Object> session : List.copyOf(sessions.all())) {
      if (session.end() <= closedUpTo && !session.closed()) {
        emit(k, session);
      }
    }
    boolean last = closedUpTo == Long.MAX_VALUE;
    if (law.expire(sessions, last ? Long.MAX_VALUE : Saturated.minus(closedUpTo, latenessMs))) {
      keys.remove(k, hash);
    } else {
      timers.set(k, sessions);
    }
  }

  @Override
  long recordsLate() {
    return late.records();
  }

  @Override
  long recordsDropped() {
    return late.dropped();
  }

  private void emit(Object k, Session<Object> session) throws Exception {
    outlets()
        .main()
        .emit(
            new Windowed<>(k, session.start(), session.end(), law.close(session)),
            session.end() - 1);
  }
}
