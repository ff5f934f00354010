package io.geartrain.simulation.guard;

import io.geartrain.simulation.Conditions;
import io.geartrain.simulation.Simulation;
import io.geartrain.simulation.Verdict;
import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Fault;
import java.util.function.IntSupplier;

/** Looks for a seed that shows that something is broken. */
public final class Hunt {
  private Hunt() {}

  /**
   * Runs seeds until one is violated.
   *
   * @return what the seed tells; null if none of so many tells anything
   */
  static String with(Conditions conditions, long first, int most) {
    Coverage coverage = new Coverage();
    for (long seed = first; seed < first + most; seed++) {
      ChannelFault.arm(seed);
      Verdict verdict = Simulation.run(seed, coverage, null, conditions);
      if (!verdict.good()) {
        return "seed %d: %s".formatted(seed, verdict.violations().get(0));
      }
    }
    return null;
  }

  /** The same in a class loader with changed classes; answers in classes that both sides know. */
  public static final class Here implements IntSupplier {
    private final long first;
    private final int most;
    private String found;

    /** From a first seed so many. */
    public Here(Long first, Integer most) {
      this.first = first;
      this.most = most;
    }

    /** Runs; how many channel faults there were. */
    @Override
    public int getAsInt() {
      found = with(Conditions.with(Fault.EXECUTOR_KILLED, Fault.EXECUTOR_KILLED), first, most);
      return ChannelFault.happened();
    }

    /** What was found; "null" if nothing. */
    @Override
    public String toString() {
      return String.valueOf(found);
    }
  }
}
