package io.geartrain.actor.internal;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for the turns of tasks. What a turn asks for waits in a queue of its thread, so that the
 * batches which it has just written are read by the same core; a thread without work takes from the
 * queues of the others. Thread-safe.
 *
 * <p>Waking a thread costs as much as a short turn. A thread in whose queue something waits
 * therefore wakes another only where its turns are long; where they are short it gets there sooner
 * itself. As that is a guess, one of the sleeping threads, the standby, looks around each {@link
 * #NAP_NANOS} as long as any thread is awake: so long may something wait, at most, while a thread
 * sleeps. When all sleep, they sleep without end.
 *
 * <p>No wake-up is lost: who adds work from outside first adds it, then, behind a full fence, looks
 * for a sleeper; who goes to sleep first says so, then, behind a full fence, looks for work.
 */
final class TurnPool extends AbstractExecutorService {
  private static final long WORTH_WAKING_NANOS = 10_000;
  private static final long NAP_NANOS = 500_000;
  private static final int LOOKS_BEFORE_SLEEP = 20;
  private static final int TURNS_BETWEEN_LOOKS_OUTSIDE = 8;
  private static final Logger LOG = LoggerFactory.getLogger(TurnPool.class);

  private final Queue<Runnable> outside = new ConcurrentLinkedQueue<>();
  private final Worker[] workers;
  private final ThreadLocal<Worker> current = new ThreadLocal<>();
  private final AtomicInteger awake;
  private final AtomicReference<Worker> standby = new AtomicReference<>();
  private final CountDownLatch ended;
  private volatile boolean shutdown;

  /** A pool of so many threads, which the factory makes; they start at once. */
  TurnPool(int threads, ThreadFactory factory) {
    workers = new Worker[threads];
    awake = new AtomicInteger(threads);
    ended = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      workers[i] = new Worker(i);
    }
    for (Worker worker : workers) {
      worker.thread = factory.newThread(worker);
    }
    for (Worker worker : workers) {
      worker.thread.start();
    }
  }

  @Override
  public void execute(Runnable turn) {
    if (shutdown) {
      throw new RejectedExecutionException("the pool is shut down");
    }
    Worker self = current.get();
    if (self == null) {
      outside.add(turn);
      VarHandle.fullFence();
      wakeOne();
    } else {
      self.own.add(turn);
      self.wakeOneIfWorth();
    }
  }

  private void wakeOne() {
    if (awake.get() < workers.length) {
      for (Worker worker : workers) {
        if (worker.wake()) {
          return;
        }
      }
    }
  }

  @Override
  public void shutdown() {
    shutdown = true;
    VarHandle.fullFence();
    for (Worker worker : workers) {
      worker.wake();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    List<Runnable> left = new ArrayList<>();
    for (Runnable turn = outside.poll(); turn != null; turn = outside.poll()) {
      left.add(turn);
    }
    for (Worker worker : workers) {
      for (Runnable turn = worker.own.poll(); turn != null; turn = worker.own.poll()) {
        left.add(turn);
      }
      worker.thread.interrupt();
    }
    return left;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return ended.getCount() == 0;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return ended.await(timeout, unit);
  }

  /** One thread of the pool. Others touch its queue, and its state by {@link #wake}. */
  private final class Worker implements Runnable {
    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;

    private final int index;
    private final Queue<Runnable> own = new ConcurrentLinkedQueue<>();
    private final AtomicInteger state = new AtomicInteger(AWAKE);
    private Thread thread;
    private long usualNanos;
    private int turns;

    Worker(int index) {
      this.index = index;
    }

    /** Wakes it; false if it did not sleep. */
    boolean wake() {
      if (state.get() == ASLEEP && state.compareAndSet(ASLEEP, AWAKE)) {
        LockSupport.unpark(thread);
        return true;
      }
      return false;
    }

    /** Something waits in its own queue. */
    void wakeOneIfWorth() {
      if (usualNanos >= WORTH_WAKING_NANOS || standby.get() == null) {
        wakeOne();
      }
    }

    @Override
    public void run() {
      current.set(this);
      try {
        work();
      } finally {
        awake.decrementAndGet();
        ended.countDown();
      }
    }

    private void work() {
      long start = System.nanoTime();
      while (true) {
        Runnable turn = next();
        if (turn == null) {
          turn = await();
          if (turn == null) {
            return;
          }
          start = System.nanoTime();
        }
        if (!own.isEmpty()) {
          wakeOneIfWorth();
        }
        run(turn);
        long end = System.nanoTime();
        usualNanos += end - start - usualNanos >> 3;
        start = end;
      }
    }

    private void run(Runnable turn) {
      try {
        turn.run();
      } catch (Throwable e) {
        LOG.error("A turn let an error through", e);
      }
    }

    /** A turn to run, its own before those of others; null if none waits. */
    private Runnable next() {
      Runnable turn = null;
      if (++turns % TURNS_BETWEEN_LOOKS_OUTSIDE == 0) {
        turn = outside.poll();
      }
      if (turn == null) {
        turn = own.poll();
      }
      if (turn == null) {
        turn = outside.poll();
      }
      for (int i = 1; turn == null && i < workers.length; i++) {
        turn = workers[(index + i) % workers.length].own.poll();
      }
      return turn;
    }

    /** Waits for a turn; null if the pool is shut down and none is left. */
    private Runnable await() {
      for (int i = 0; i < LOOKS_BEFORE_SLEEP; i++) {
        Thread.onSpinWait();
        Runnable turn = next();
        if (turn != null) {
          return turn;
        }
      }
      while (true) {
        Runnable turn = sleep();
        boolean wasStandby = standby.compareAndSet(this, null);
        if (turn == null) {
          turn = next();
        }
        if (turn != null && wasStandby) {
          wakeOne();
        }
        if (turn != null || shutdown) {
          return turn;
        }
      }
    }

    /** Sleeps until it is woken, or finds a turn; null if it was woken. */
    private Runnable sleep() {
      state.set(ASLEEP);
      awake.decrementAndGet();
      VarHandle.fullFence();
      Runnable turn = null;
      while (turn == null && state.get() == ASLEEP && !shutdown) {
        turn = next();
        if (turn == null) {
          doze();
        }
      }
      awake.incrementAndGet();
      state.set(AWAKE);
      return turn;
    }

    /** Sleeps for a while if it is the standby, and without end if it is not, or if all sleep. */
    private void doze() {
      if (awake.get() > 0) {
        if (standby.get() == this || standby.compareAndSet(null, this)) {
          LockSupport.parkNanos(TurnPool.this, NAP_NANOS);
        } else {
          LockSupport.park(TurnPool.this);
        }
      } else if (standby.compareAndSet(this, null)) {
        // whoever has woken just now may have seen a standby: look again
        VarHandle.fullFence();
      } else {
        LockSupport.park(TurnPool.this);
      }
      Thread.interrupted();
    }
  }
}
