package io.geartrain.actor.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A turn that was given to a pool, and whether it was run. */
final class Submitted implements Runnable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final AtomicInteger PAUSES = new AtomicInteger();

  private volatile boolean done;

  @Override
  public void run() {
    done = true;
  }

  /** Waits for it, without sleep; whether it came. */
  boolean isRun() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!done && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    return done;
  }

  /** Lets a time pass, each time another: the pool's threads have more or less gone to sleep. */
  static void pause() {
    for (int i = PAUSES.incrementAndGet() % 97; i > 0; i--) {
      Thread.onSpinWait();
    }
  }
}
