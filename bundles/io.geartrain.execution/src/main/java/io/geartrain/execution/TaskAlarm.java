package io.geartrain.execution;

import io.geartrain.execution.internal.TaskClock;
import java.util.concurrent.TimeUnit;

/** Wakes a task when its steps must be called by the clock. On the task's thread. */
final class TaskAlarm {
  private final TaskClock clock;
  private long setFor = Long.MAX_VALUE;
  private long ringsAtNanos;

  TaskAlarm(TaskClock clock) {
    this.clock = clock;
  }

  /**
   * Sets the alarm, unless it is set already: it may have rung early, for the wall clock may have
   * been set back.
   *
   * @param atMs when it must ring; {@link Long#MAX_VALUE} for never
   */
  void set(long atMs) {
    if (atMs == Long.MAX_VALUE) {
      return;
    }
    long now = clock.nanoTime();
    if (atMs != setFor || now - ringsAtNanos >= 0) {
      long delay = TimeUnit.MILLISECONDS.toNanos(Math.max(0, atMs - clock.millis()));
      setFor = atMs;
      ringsAtNanos = now + delay;
      clock.wakeStepsIn(delay, now);
    }
  }

  /** Whether that time has come. By anybody. */
  boolean isDue(long atMs) {
    return atMs != Long.MAX_VALUE && atMs <= clock.millis();
  }
}
