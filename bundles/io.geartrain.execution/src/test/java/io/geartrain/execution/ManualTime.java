package io.geartrain.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock that moves when told, and its timers; one thread. */
final class ManualTime implements LongSupplier, TimerService {
  private record Timer(long at, Runnable action) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
  private long now = 1;

  @Override
  public long getAsLong() {
    return now;
  }

  long millis() {
    return now / 1_000_000;
  }

  @Override
  public Runnable schedule(long delayNanos, Runnable action) {
    Timer timer = new Timer(now + delayNanos, action);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  void advance(long nanos) {
    now += nanos;
    List<Timer> due = new ArrayList<>();
    while (!timers.isEmpty() && timers.peek().at() <= now) {
      due.add(timers.remove());
    }
    due.forEach(timer -> timer.action().run());
  }

  /** Moves to the next timer; false if there is none. */
  boolean advanceToTimer() {
    if (timers.isEmpty()) {
      return false;
    }
    advance(timers.peek().at() - now);
    return true;
  }
}
