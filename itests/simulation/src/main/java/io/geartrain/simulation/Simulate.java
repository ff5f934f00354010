package io.geartrain.simulation;

import java.io.PrintStream;

/** The command: runs seeds one after the other, and says how many were violated. */
public final class Simulate {
  private static final int USUAL_SEEDS = 1_000;
  private static final String USAGE =
      """
      usage: itests/simulate [--seeds N] [--seed S] [--log]

      Runs drawn applications on drawn clusters with drawn faults, each from one seed, and compares
      what has become visible with what must be.
        --seeds N  so many seeds; 1,000 unless told, and 1 where a seed is given
        --seed S   beginning at this one; drawn unless told
        --log      writes each event to standard error
      The last line is 'N seeds, V violations'; the status is 0 only if V is 0.""";

  private final int seeds;
  private final long first;
  private final boolean logs;

  private Simulate(int seeds, long first, boolean logs) {
    this.seeds = seeds;
    this.first = first;
    this.logs = logs;
  }

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /** Runs the command; its status. */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    try {
      return parsed(arguments).run(out, err);
    } catch (IllegalArgumentException e) {
      err.println("simulate: " + e.getMessage());
      err.println(USAGE);
      return 2;
    }
  }

  private int run(PrintStream out, PrintStream err) {
    Campaign campaign = new Campaign(err, logs ? err::println : null);
    campaign.run(first, seeds);
    int violated = campaign.violated().size();
    out.println(seeds + " seeds, " + violated + " violations");
    return violated == 0 ? 0 : 1;
  }

  private static Simulate parsed(String[] arguments) {
    Integer seeds = null;
    Long seed = null;
    boolean logs = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seeds" -> seeds = count(arguments, ++i);
        case "--seed" -> seed = number(arguments, ++i);
        case "--log" -> logs = true;
        default -> throw new IllegalArgumentException("unknown argument '" + arguments[i] + "'");
      }
    }
    if (seeds == null) {
      seeds = seed == null ? USUAL_SEEDS : 1;
    }
    return new Simulate(seeds, seed == null ? System.nanoTime() : seed, logs);
  }

  private static int count(String[] arguments, int at) {
    long number = number(arguments, at);
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("--seeds must be from 1 to 2^31-1, but is " + number);
    }
    return (int) number;
  }

  private static long number(String[] arguments, int at) {
    if (at == arguments.length) {
      throw new IllegalArgumentException(arguments[at - 1] + " needs a number");
    }
    try {
      return Long.parseLong(arguments[at]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          arguments[at - 1] + " needs a number, but is given '" + arguments[at] + "'");
    }
  }
}
