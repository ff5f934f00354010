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

  /** What sources were asked to go on with. */
  public static final List<Object> LEFT = new CopyOnWriteArrayList<>();

  /** What the two-phase sink was given last. */
  public static volatile long written;

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
    LEFT.clear();
    CLOSED.clear();
    endLoop = false;
    written = 0;
    trapped = new CountDownLatch(1);
    unblock = new CountDownLatch(1);
    PASSED.set(0);
  }
}
