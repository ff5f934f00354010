package io.geartrain.actor.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** No turn is lost while the threads of a pool go to sleep. */
public final class TurnPoolStress {
  private TurnPoolStress() {}

  private static TurnPool pool(int threads) {
    return new TurnPool(
        threads,
        work -> {
          Thread thread = new Thread(work, "pool-" + threads);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** A turn comes in the moment in which the only thread goes to sleep. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "it was run")
  @Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "it waits, and the thread sleeps")
  public static class OneThread {
    private static final TurnPool POOL = pool(1);

    /** Gives a turn. */
    @Actor
    public void outside(Z_Result r) {
      Submitted turn = new Submitted();
      POOL.execute(turn);
      r.r1 = turn.isRun();
      Submitted.pause();
    }
  }

  /** Two turns come at once, to two threads. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both were run")
  @Outcome(expect = Expect.FORBIDDEN, desc = "one waits, and a thread sleeps")
  public static class TwoThreads {
    private static final TurnPool POOL = pool(2);

    /** Gives a turn. */
    @Actor
    public void one(ZZ_Result r) {
      Submitted turn = new Submitted();
      POOL.execute(turn);
      r.r1 = turn.isRun();
      Submitted.pause();
    }

    /** Gives a turn. */
    @Actor
    public void other(ZZ_Result r) {
      Submitted turn = new Submitted();
      POOL.execute(turn);
      r.r2 = turn.isRun();
      Submitted.pause();
    }
  }

  /** A turn asks for another and keeps its thread: the other thread, which sleeps, must take it. */
  @JCStressTest
  @State
  @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both were run")
  @Outcome(expect = Expect.FORBIDDEN, desc = "the inner one waits, and a thread sleeps")
  public static class Inside {
    private static final TurnPool POOL = pool(2);

    /** Gives a turn that gives another. */
    @Actor
    public void outside(ZZ_Result r) {
      Submitted inner = new Submitted();
      Submitted outer = new Submitted();
      POOL.execute(
          () -> {
            POOL.execute(inner);
            r.r2 = inner.isRun();
            outer.run();
          });
      r.r1 = outer.isRun();
      Submitted.pause();
    }
  }
}
