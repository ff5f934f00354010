package io.geartrain.execution.internal;

import io.geartrain.channel.Wakeable;
import java.util.function.LongSupplier;

/** A task's sense of time, and its alarm clock, which is set once for each instant. */
public final class TaskClock {
  /** Calls back later. */
  @FunctionalInterface
  public interface Alarm {
    /** Calls the action once, not before so much time has passed. */
    void schedule(long delayNanos, Runnable action);
  }

  private final LongSupplier nanoTime;
  private final LongSupplier millis;
  private final Alarm alarm;
  private final Wakeable task;
  private volatile boolean alarmSet;
  private long alarmNanos;

  /** Perhaps by a thread that looks whether the task may sleep: never older than the turn. */
  private long lastNanos;

  /** The clock of one task. */
  public TaskClock(LongSupplier nanoTime, LongSupplier millis, Alarm alarm, Wakeable task) {
    this.nanoTime = nanoTime;
    this.millis = millis;
    this.alarm = alarm;
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
   * Wakes the task after that time, unless the alarm is set for just then. An earlier one is not
   * enough: it may ring before the task sleeps, and then nobody wakes it. On the task's thread.
   */
  public void wakeIn(long delayNanos, long now) {
    long at = now + delayNanos;
    if (alarmSet && alarmNanos == at) {
      return;
    }
    alarmSet = true;
    alarmNanos = at;
    alarm.schedule(delayNanos, this::ring);
  }

  /** Wakes the task now; by anybody. */
  void wake() {
    task.wake();
  }

  /** On the timer's thread. */
  private void ring() {
    alarmSet = false;
    task.wake();
  }
}
