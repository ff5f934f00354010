package io.geartrain.execution.internal;

import io.geartrain.channel.Wakeable;
import java.util.function.LongSupplier;

/** A task's sense of time, and its alarm clock, which is set at most once at a time. */
public final class TaskClock {
  /** Calls back later. */
  @FunctionalInterface
  public interface Alarm {
    /** Calls the action once, not before so much time has passed. */
    void schedule(long delayNanos, Runnable action);
  }

  private final LongSupplier nanoTime;
  private final Alarm alarm;
  private final Wakeable task;
  private volatile boolean alarmSet;
  private long alarmNanos;

  /** The clock of one task. */
  public TaskClock(LongSupplier nanoTime, Alarm alarm, Wakeable task) {
    this.nanoTime = nanoTime;
    this.alarm = alarm;
    this.task = task;
  }

  /** Now, in ns from some origin. */
  public long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** Wakes the task after that time, unless an earlier alarm is set. On the task's thread. */
  void wakeIn(long delayNanos, long now) {
    long at = now + delayNanos;
    if (alarmSet && alarmNanos - now > 0 && alarmNanos - at <= 0) {
      return;
    }
    alarmSet = true;
    alarmNanos = at;
    alarm.schedule(delayNanos, this::ring);
  }

  /** On the timer's thread. */
  private void ring() {
    alarmSet = false;
    task.wake();
  }
}
