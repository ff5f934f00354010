package io.geartrain.simulation;

import io.geartrain.simulation.fault.Coverage;
import java.util.concurrent.TimeUnit;

/** The command: runs seeds one after the other, and says how many were violated. */
public final class Simulate {
  private static final String USAGE =
      """
      usage: itests/simulate [--seeds N] [--seed S] [--log]

      Runs N seeds (1,000 unless told, 1 if only a seed is given) beginning at S (drawn unless told):
      drawn applications on drawn clusters with drawn faults, in one thread.
        --log   writes each event to standard error
      Ends with the line 'N seeds, V violations', and with status 0 only if V is 0.""";

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
    Simulate command;
    try {
      command = parsed(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("simulate: " + e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
      return;
    }
    System.exit(command.run() == 0 ? 0 : 1);
  }

  private static Simulate parsed(String[] arguments) {
    Integer seeds = null;
    Long seed = null;
    boolean logs = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seeds" -> seeds = Math.toIntExact(number(arguments, ++i));
        case "--seed" -> seed = number(arguments, ++i);
        case "--log" -> logs = true;
        default -> throw new IllegalArgumentException("unknown argument '" + arguments[i] + "'");
      }
    }
    if (seeds == null) {
      seeds = seed == null ? 1_000 : 1;
    }
    if (seeds < 1) {
      throw new IllegalArgumentException("--seeds must be positive, but is " + seeds);
    }
    return new Simulate(seeds, seed == null ? System.nanoTime() : seed, logs);
  }

  private static long number(String[] arguments, int at) {
    if (at == arguments.length) {
      throw new IllegalArgumentException(arguments[at - 1] + " needs a number");
    }
    try {
      return Long.parseLong(arguments[at]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          arguments[at - 1] + " needs a number, but is '" + arguments[at] + "'");
    }
  }

  private int run() {
    System.err.printf("simulate: %,d seeds from %d%n", seeds, first);
    Coverage coverage = new Coverage();
    long began = System.nanoTime();
    long told = began;
    int violated = 0;
    long hash = 0;
    for (int i = 0; i < seeds; i++) {
      Verdict verdict = Simulation.run(first + i, coverage, logs ? System.err::println : null);
      hash = hash * 31 + verdict.hash();
      if (!verdict.good()) {
        violated++;
        tell(verdict);
      }
      if (seeds == 1) {
        System.err.printf(
            "simulate: seed %d ended %s after %,d events, hash %016x%n",
            verdict.seed(), verdict.end(), verdict.events(), verdict.hash());
      }
      if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(5)) {
        told = System.nanoTime();
        System.err.printf(
            "simulate: %,d of %,d, %d violations, %.1f ms a seed%n",
            i + 1, seeds, violated, (told - began) / 1e6 / (i + 1));
      }
    }
    System.err.print(coverage);
    System.err.printf("simulate: hash of all event logs %016x%n", hash);
    System.out.println(seeds + " seeds, " + violated + " violations");
    return violated;
  }

  private static void tell(Verdict verdict) {
    System.err.printf("seed %d, ended %s:%n", verdict.seed(), verdict.end());
    verdict.violations().stream().limit(12).forEach(line -> System.err.println("  " + line));
    if (verdict.violations().size() > 12) {
      System.err.println("  … " + verdict.violations().size() + " in all");
    }
    System.err.printf("  again: itests/simulate --seed %d%n", verdict.seed());
  }
}
