package io.geartrain.time;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A split that waits for others is called back, once, when it may be read on. */
public final class SourcePaceStress {
  private SourcePaceStress() {}

  /** One is far ahead and begins to wait while the one behind catches up. */
  @JCStressTest
  @State
  @Outcome(
      id = {"true, 0", "true, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "it reads on")
  @Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "it waits and is called back")
  @Outcome(expect = Expect.FORBIDDEN, desc = "it waits for ever, or is called twice")
  public static class CatchesUp {
    private final AtomicInteger calls = new AtomicInteger();
    private final SourcePace pace = new SourcePace();
    private final SourcePace.Runner ahead = pace.enter(calls::incrementAndGet);
    private final SourcePace.Runner behind = pace.enter(() -> {});

    /** Two splits, far apart. */
    public CatchesUp() {
      ahead.polled(1_000, true);
      behind.polled(0, true);
    }

    /** Waits. */
    @Actor
    public void ahead(ZI_Result r) {
      r.r1 = ahead.mayRead(10);
    }

    /** Catches up. */
    @Actor
    public void behind() {
      behind.polled(1_000, true);
    }

    /** Counts the calls. */
    @Arbiter
    public void end(ZI_Result r) {
      r.r2 = calls.get();
    }
  }

  /** The one behind ends, or has nothing to read, instead of catching up. */
  @JCStressTest
  @State
  @Outcome(
      id = {"true, 0", "true, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "it reads on")
  @Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "it waits and is called back")
  @Outcome(expect = Expect.FORBIDDEN, desc = "it waits for ever, or is called twice")
  public static class Leaves {
    private final AtomicInteger calls = new AtomicInteger();
    private final SourcePace pace = new SourcePace();
    private final SourcePace.Runner ahead = pace.enter(calls::incrementAndGet);
    private final SourcePace.Runner behind = pace.enter(() -> {});
    private final SourcePace.Runner dry = pace.enter(() -> {});

    /** Three splits, far apart. */
    public Leaves() {
      ahead.polled(1_000, true);
      behind.polled(0, true);
      dry.polled(0, true);
    }

    /** Waits. */
    @Actor
    public void ahead(ZI_Result r) {
      r.r1 = ahead.mayRead(10);
    }

    /** One ends, one has nothing any more. */
    @Actor
    public void others() {
      behind.leave();
      dry.polled(0, false);
    }

    /** Counts the calls. */
    @Arbiter
    public void end(ZI_Result r) {
      r.r2 = calls.get();
    }
  }

  /** Two wait; one of them goes on to a time that lets the other go on too. */
  @JCStressTest
  @State
  @Outcome(
      id = {"true, 0, 1", "true, 1, 1", "false, 1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "each that waits is called once")
  @Outcome(expect = Expect.FORBIDDEN, desc = "one waits for ever, or is called twice")
  public static class TwoWait {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger callsOfWaiting = new AtomicInteger();
    private final SourcePace pace = new SourcePace();
    private final SourcePace.Runner ahead = pace.enter(calls::incrementAndGet);
    private final SourcePace.Runner waiting = pace.enter(callsOfWaiting::incrementAndGet);
    private final SourcePace.Runner behind = pace.enter(() -> {});

    /** Three splits, of which one waits already. */
    public TwoWait() {
      ahead.polled(1_000, true);
      waiting.polled(1_000, true);
      behind.polled(0, true);
      if (waiting.mayRead(10)) {
        throw new IllegalStateException("it must wait");
      }
    }

    /** Waits. */
    @Actor
    public void ahead(ZII_Result r) {
      r.r1 = ahead.mayRead(10);
    }

    /** Catches up. */
    @Actor
    public void behind() {
      behind.polled(1_000, true);
    }

    /** Counts the calls. */
    @Arbiter
    public void end(ZII_Result r) {
      r.r2 = calls.get();
      r.r3 = callsOfWaiting.get();
    }
  }
}
