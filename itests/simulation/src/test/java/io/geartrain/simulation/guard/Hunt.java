package io.geartrain.simulation.guard;

import io.geartrain.simulation.Conditions;
import io.geartrain.simulation.Simulation;
import io.geartrain.simulation.Verdict;
import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What came of looking for a seed that shows that something is broken.
 *
 * @param seeds how many were run; the last of them shows it, if any does
 * @param channelFaults in how many of them a channel has lost or doubled a record
 * @param told what the last seed tells; null if none tells anything
 */
record Hunt(int seeds, int channelFaults, String told) {
  private static final long FIRST = 1;

  /** Runs seeds until one is violated, so many at most. */
  static Hunt with(Conditions conditions, int most) {
    Coverage coverage = new Coverage();
    for (int i = 0; i < most; i++) {
      ChannelFault.arm(FIRST + i);
      Verdict verdict = Simulation.run(FIRST + i, coverage, null, conditions);
      if (!verdict.good()) {
        String told = "seed %d: %s".formatted(verdict.seed(), verdict.violations().get(0));
        return new Hunt(i + 1, ChannelFault.happened(), told);
      }
    }
    return new Hunt(most, ChannelFault.happened(), null);
  }

  /**
   * With executors that are killed, for what is wrong with a checkpoint shows with the next run.
   */
  static Hunt withKills(int most) {
    return with(Conditions.with(Fault.EXECUTOR_KILLED, Fault.EXECUTOR_KILLED), most);
  }

  /** {@link #withKills} in a class loader with changed classes, which knows another Hunt. */
  public static final class Elsewhere implements Supplier<List<Object>> {
    private final int most;

    /** So many seeds at most. */
    public Elsewhere(Integer most) {
      this.most = most;
    }

    /** The parts of the hunt, for another class loader. */
    @Override
    public List<Object> get() {
      Hunt hunt = withKills(most);
      return Arrays.asList(hunt.seeds, hunt.channelFaults, hunt.told);
    }
  }
}
