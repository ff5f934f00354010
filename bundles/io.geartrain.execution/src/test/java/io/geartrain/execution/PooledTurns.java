package io.geartrain.execution;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Gives turns to tasks on a pool of real threads, as actors would. */
final class PooledTurns implements AutoCloseable, TimerService {
  private static final long TURN_NANOS = 200_000;

  private final ExecutorService pool;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  PooledTurns(int threads) {
    pool = new ForkJoinPool(threads, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
  }

  void drive(LocalExecution execution) {
    execution.tasks().forEach(task -> task.onWake(() -> pool.execute(() -> turn(task))));
    execution.start();
  }

  private void turn(Task task) {
    if (task.run(TURN_NANOS)) {
      pool.execute(() -> turn(task));
    }
  }

  @Override
  public Runnable schedule(long delayNanos, Runnable action) {
    Future<?> alarm = timer.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
    return () -> alarm.cancel(false);
  }

  @Override
  public void close() {
    pool.shutdownNow();
    timer.shutdownNow();
  }
}
