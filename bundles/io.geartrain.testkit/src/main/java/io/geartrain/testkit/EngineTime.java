package io.geartrain.testkit;

import io.geartrain.execution.TimerService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * The time by which the engine waits for data. It runs ahead of the clock of the test, so that the
 * engine can look for data while that one stands still; an alarm rings by both. One thread.
 */
final class EngineTime implements TimerService {
  private static final long TICK_NANOS = 100;

  private record Alarm(long engineNanos, long clockNanos, Runnable action) {}

  private final ManualClock clock;
  private final PriorityQueue<Alarm> byEngine = queue(Alarm::engineNanos);
  private final PriorityQueue<Alarm> byClock = queue(Alarm::clockNanos);
  private long ahead;

  EngineTime(ManualClock clock) {
    this.clock = clock;
  }

  private static PriorityQueue<Alarm> queue(ToLongFunction<Alarm> time) {
    return new PriorityQueue<>(Comparator.comparingLong(time));
  }

  /** Now, in ns; a little later with each call, so that turns come to an end. */
  long nanos() {
    ahead += TICK_NANOS;
    return clock.nanos() + ahead;
  }

  @Override
  public Runnable schedule(long delayNanos, Runnable action) {
    Alarm alarm = new Alarm(nanos() + delayNanos, clock.nanos() + delayNanos, action);
    byEngine.add(alarm);
    byClock.add(alarm);
    return () -> {
      byEngine.remove(alarm);
      byClock.remove(alarm);
    };
  }

  /** Lets the engine's time pass, while the clock stands still. */
  void skip(long engineNanos) {
    ahead += engineNanos;
    ring();
  }

  /** Lets time pass by the clock. */
  void advance(long clockNanos) {
    clock.advanceNanos(clockNanos);
    ring();
  }

  /** How long it is to the next alarm; {@link Long#MAX_VALUE} if none is set. */
  long nextAlarm() {
    long next = byClock.isEmpty() ? Long.MAX_VALUE : byClock.peek().clockNanos() - clock.nanos();
    return Math.max(0, next);
  }

  private void ring() {
    List<Alarm> due = new ArrayList<>();
    while (!byEngine.isEmpty() && byEngine.peek().engineNanos() <= nanos()) {
      due.add(byEngine.remove());
    }
    while (!byClock.isEmpty() && byClock.peek().clockNanos() <= clock.nanos()) {
      due.add(byClock.remove());
    }
    due.forEach(alarm -> alarm.action().run());
  }
}
