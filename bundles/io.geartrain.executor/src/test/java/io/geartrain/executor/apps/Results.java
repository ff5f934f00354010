package io.geartrain.executor.apps;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What the test's applications leave behind; seen by the test, unlike their classes. */
public final class Results {
  /** What the sinks published. */
  public static final List<Object> PUBLISHED = new CopyOnWriteArrayList<>();

  /** Sinks that were opened, and those that were closed. */
  public static final List<String> CLOSED = new CopyOnWriteArrayList<>();

  /** Opened by the test to end a loop that heeds no interrupt. */
  public static volatile boolean endLoop;

  /** Counted down when user code has reached its trap. */
  public static volatile CountDownLatch trapped = new CountDownLatch(1);

  /** Counted down by each task that blocks. */
  public static volatile CountDownLatch blocked = new CountDownLatch(1);

  /** Counted down by the test to let them go on. */
  public static volatile CountDownLatch unblock = new CountDownLatch(1);

  /** Records that went past the step that blocks. */
  public static final AtomicInteger PASSED = new AtomicInteger();

  private Results() {}

  /** Forgets everything. */
  public static void clear() {
    PUBLISHED.clear();
    CLOSED.clear();
    endLoop = false;
    trapped = new CountDownLatch(1);
    unblock = new CountDownLatch(1);
    PASSED.set(0);
  }
}
