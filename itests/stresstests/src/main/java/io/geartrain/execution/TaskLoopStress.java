package io.geartrain.execution;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** No task sleeps while it has work: whole tasks, each on a thread, many turns each time. */
public final class TaskLoopStress {
  private static final int RECORDS = 200;

  private TaskLoopStress() {}

  /** Each record is sent in the moment in which the sink goes to sleep. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "each record was written")
  @Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "the sink sleeps, and has work")
  public static class ConsumerSleeps {
    private final TwoTasks tasks = new TwoTasks(RECORDS);

    /** Gives. */
    @Actor
    public void source() {
      tasks.driveSourceByRounds();
    }

    /** Takes. */
    @Actor
    public void sink(Z_Result r) {
      r.r1 = tasks.driveSinkByRounds();
    }
  }

  /** The source has credit for two records, and goes to sleep while it comes back. */
  @JCStressTest
  @State
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "all records were written")
  @Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "a task sleeps, and has work")
  public static class BothSleep {
    private final TwoTasks tasks = new TwoTasks(RECORDS);

    /** Gives. */
    @Actor
    public void source() {
      tasks.driveSource();
    }

    /** Takes. */
    @Actor
    public void sink() {
      tasks.driveSink();
    }

    /** Does what is left. */
    @Arbiter
    public void end(Z_Result r) {
      r.r1 = tasks.complete();
    }
  }
}
