package io.geartrain.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the splits of an application's sources together in event time: one that is far ahead waits
 * for those behind it, so that windows need not hold what belongs to a distant future. Splits that
 * have nothing to read hold nobody up. Thread-safe; all tasks of a JVM share it.
 *
 * <p>No wake-up is lost: who waits first says for which time, then looks whether it has come; who
 * reads first tells its time, then looks whether anybody waits.
 */
public final class SourcePace {
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final AtomicInteger waiting = new AtomicInteger();
  private volatile List<Runner> runners = List.of();

  /** Where one split is; the split's task calls, unless said otherwise. */
  public final class Runner {
    private final Runnable onReleased;
    private volatile long time = Long.MIN_VALUE;
    private volatile boolean reading;
    private volatile long waitsFor = NOT_WAITING;

    private Runner(Runnable onReleased) {
      this.onReleased = onReleased;
    }

    /** Largest event time that it has come to, in ms; {@link Long#MIN_VALUE} before the first. */
    public long time() {
      return time;
    }

    /**
     * The split was polled.
     *
     * @param newest largest event time of that poll, in ms
     * @param more whether it gave any record and has more to read; if not, it holds up nobody
     */
    public void polled(long newest, boolean more) {
      if (newest > time) {
        time = newest;
      }
      if (reading != more) {
        reading = more;
      }
      release();
    }

    /**
     * Whether the split may be read on. If not, it is called back once half of its lead is gone, so
     * that it does not stop again at once.
     *
     * @param aheadMs by how much it may be ahead of the last one
     */
    public boolean mayRead(long aheadMs) {
      if (waitsFor == NOT_WAITING && time > Long.MIN_VALUE + aheadMs && time - aheadMs > least()) {
        waitsFor = time - aheadMs / 2;
        waiting.incrementAndGet();
        release();
      }
      return waitsFor == NOT_WAITING;
    }

    /** Whether it waits to be called back; by anybody. */
    public boolean isWaiting() {
      return waitsFor != NOT_WAITING;
    }

    /** The split has ended, or is read no more. */
    public void leave() {
      synchronized (SourcePace.this) {
        List<Runner> left = new ArrayList<>(runners);
        left.remove(this);
        runners = List.copyOf(left);
      }
      releaseOne(Long.MAX_VALUE);
      release();
    }

    private void releaseOne(long least) {
      boolean released;
      synchronized (this) {
        released = waitsFor != NOT_WAITING && waitsFor <= least;
        if (released) {
          waitsFor = NOT_WAITING;
        }
      }
      if (released) {
        waiting.decrementAndGet();
        onReleased.run();
      }
    }
  }

  /**
   * A split begins to be read.
   *
   * @param onReleased is called, by any thread, when the split has waited and may be read on
   */
  public synchronized Runner enter(Runnable onReleased) {
    Runner runner = new Runner(onReleased);
    List<Runner> more = new ArrayList<>(runners);
    more.add(runner);
    runners = List.copyOf(more);
    return runner;
  }

  private void release() {
    if (waiting.get() > 0) {
      long least = least();
      for (Runner runner : runners) {
        if (runner.isWaiting()) {
          runner.releaseOne(least);
        }
      }
    }
  }

  /** Event time of the last of those that have something to read. */
  private long least() {
    long least = Long.MAX_VALUE;
    List<Runner> all = runners;
    for (int i = 0; i < all.size(); i++) {
      Runner runner = all.get(i);
      if (runner.reading) {
        least = Math.min(least, runner.time);
      }
    }
    return least;
  }
}
