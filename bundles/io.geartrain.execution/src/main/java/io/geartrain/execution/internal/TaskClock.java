package io.geartrain.execution.internal;

import io.geartrain.channel.Wakeable;
import java.util.function.LongSupplier;

/**
 * A task's sense of time, and its two alarms, one for the input and one for the steps: each is set
 * for one instant, and forgets it when it is set for another.
 */
public final class TaskClock {
  /** Calls back later. */
  @FunctionalInterface
  public interface Alarms {
    /** Calls the action once, not before so much time has passed, unless it is taken back. */
    Runnable schedule(long delayNanos, Runnable action);
  }

  /** On the task's thread, but for the ringing. */
  private final class Alarm {
    private volatile boolean set;
    private long atNanos;
    private Runnable takeBack = () -> {};

    void set(long delayNanos, long now) {
      long at = now + delayNanos;
      if (!set || atNanos != at) {
        takeBack.run();
        set = true;
        atNanos = at;
        takeBack = alarms.schedule(delayNanos, this::ring);
      }
    }

    /** On the timer's thread; perhaps though it was just taken back, which does no harm. */
    private void ring() {
      set = false;
      task.wake();
    }
  }

  private final LongSupplier nanoTime;
  private final LongSupplier millis;
  private final Alarms alarms;
  private final Wakeable task;
  private final Alarm ofInput = new Alarm();
  private final Alarm ofSteps = new Alarm();

  /** Perhaps by a thread that looks whether the task may sleep: never older than the turn. */
  private long lastNanos;

  /** The clock of one task. */
  public TaskClock(LongSupplier nanoTime, LongSupplier millis, Alarms alarms, Wakeable task) {
    this.nanoTime = nanoTime;
    this.millis = millis;
    this.alarms = alarms;
    this.task = task;
  }

  /** Now, in ns from some origin. */
  public long nanoTime() {
    long now = nanoTime.getAsLong();
    lastNanos = now;
    return now;
  }

  /** When the task looked at the clock last, in ns; costs nothing. On the task's thread. */
  public long lastNanos() {
    return lastNanos;
  }

  /** Now, in ms since 1970. */
  public long millis() {
    return millis.getAsLong();
  }

  /**
   * Wakes the task after that time, when its input is due. On the task's thread.
   *
   * @param now in ns, from which the time counts
   */
  public void wakeIn(long delayNanos, long now) {
    ofInput.set(delayNanos, now);
  }

  /** The same, when a step is due. */
  public void wakeStepsIn(long delayNanos, long now) {
    ofSteps.set(delayNanos, now);
  }

  /** Wakes the task now; by anybody. */
  void wake() {
    task.wake();
  }
}
