package io.geartrain.executor.internal;

import io.geartrain.execution.TimerService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the tasks of one application later, by one thread that begins with the first timer and ends
 * with the executor. Akka's own timers are too coarse for that. Thread-safe.
 */
final class TaskTimers implements TimerService, AutoCloseable {
  private final ScheduledThreadPoolExecutor thread;

  TaskTimers(String applicationId) {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread timer = new Thread(work, "gear-timers-" + applicationId);
              timer.setDaemon(true);
              return timer;
            },
            new DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Runnable schedule(long delayNanos, Runnable action) {
    Future<?> alarm = thread.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
    return () -> alarm.cancel(false);
  }

  /** How many timers are set. */
  int size() {
    return thread.getQueue().size();
  }

  /** Forgets all timers and ends the thread. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
