package io.geartrain.execution.internal;

import io.geartrain.channel.Wakeable;
import io.geartrain.execution.TimerService;
import java.util.function.LongSupplier;

/** A task's sense of time, and its alarm clock, which is set at most once at a time. */
final class TaskClock {
  private final LongSupplier nanoTime;
  private final TimerService timers;
  private final Wakeable task;
  private boolean alarmSet;
  private long alarmNanos;

  TaskClock(LongSupplier nanoTime, TimerService timers, Wakeable task) {
    this.nanoTime = nanoTime;
    this.timers = timers;
    this.task = task;
  }

  long nanoTime() {
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
    timers.schedule(delayNanos, task::wake);
  }
}
