package io.geartrain.simulation.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * All that is to happen, by its time: the one thread of a simulation, and its clock. What belongs
 * to the dead does not happen.
 */
public final class Agenda {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Event(long at, long number, Life of, String what, Runnable action) {}

  private final EventLog log;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long numbers;
  private long happened;

  /** An empty agenda that begins at 0. */
  public Agenda(EventLog log) {
    this.log = log;
  }

  /** The time in ns since the beginning. */
  public long now() {
    return now;
  }

  /** How many events have happened. */
  public long happened() {
    return happened;
  }

  /** Lets time pass within an event. */
  public void spend(long nanos) {
    now += nanos;
  }

  /**
   * Puts something down.
   *
   * @param of who it belongs to
   * @param what for the log, the same in each run of the seed; null if it is not told there
   */
  public void after(long delayNanos, Life of, String what, Runnable action) {
    at(now + delayNanos, of, what, action);
  }

  /** Puts something down for a time; what is late happens next. */
  public void at(long nanos, Life of, String what, Runnable action) {
    events.add(new Event(nanos, numbers++, of, what, action));
  }

  /** Lets something happen at regular times as long as its owner lives; the log tells not of it. */
  public void every(long periodNanos, Life of, Runnable action) {
    after(
        periodNanos,
        of,
        null,
        () -> {
          every(periodNanos, of, action);
          action.run();
        });
  }

  /** Writes down something that happens within an event. */
  public void note(Life of, String what) {
    log.add(now, of.toString(), what);
  }

  /** Lets the next event happen; false if there is none. */
  public boolean step() {
    Event next = next();
    if (next == null) {
      return false;
    }
    now = Math.max(now, next.at);
    happened++;
    if (next.what != null) {
      log.add(now, next.of.toString(), next.what);
    }
    try {
      next.action.run();
    } catch (Killed e) {
      log.add(now, next.of.toString(), "dies");
    }
    return true;
  }

  private Event next() {
    for (Event next = events.poll(); next != null; next = events.poll()) {
      long thaws = next.of.frozenUntil();
      if (thaws > Math.max(now, next.at)) {
        events.add(new Event(thaws, next.number, next.of, next.what, next.action));
      } else if (next.of.alive()) {
        return next;
      }
    }
    return null;
  }

  /** The time as a clock. */
  public Clock clock() {
    return new AgendaClock();
  }

  private final class AgendaClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for zones");
    }

    @Override
    public Instant instant() {
      return START.plusNanos(now);
    }

    @Override
    public long millis() {
      return START.toEpochMilli() + TimeUnit.NANOSECONDS.toMillis(now);
    }
  }
}
