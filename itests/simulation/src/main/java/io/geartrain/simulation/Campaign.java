package io.geartrain.simulation;

import io.geartrain.simulation.fault.Coverage;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs many seeds one after the other, and tells how it goes. One thread. */
public final class Campaign {
  private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_LINES = 12;

  private final PrintStream progress;
  private final Consumer<String> reader;
  private final Coverage coverage = new Coverage();
  private int violated;
  private long hash;

  /**
   * A campaign that has not begun.
   *
   * @param progress where it tells how it goes
   * @param reader takes the events of all runs, as lines; may be null
   */
  public Campaign(PrintStream progress, Consumer<String> reader) {
    this.progress = progress;
    this.reader = reader;
  }

  /** Runs so many seeds. */
  public void run(long first, int seeds) {
    progress.printf("simulate: %,d seeds from %d%n", seeds, first);
    long began = System.nanoTime();
    long told = began;
    for (int i = 0; i < seeds; i++) {
      Verdict verdict = Simulation.run(first + i, coverage, reader);
      hash = hash * 31 + verdict.hash();
      if (!verdict.good()) {
        violated++;
        tell(verdict);
      }
      if (seeds == 1) {
        progress.printf(
            "simulate: seed %d ended %s after %,d events%n",
            verdict.seed(), verdict.end(), verdict.events());
      }
      if (System.nanoTime() - told > TELL_EVERY_NANOS) {
        told = System.nanoTime();
        double millis = (double) TimeUnit.NANOSECONDS.toMicros(told - began) / 1_000 / (i + 1);
        progress.printf(
            "simulate: %,d of %,d, %d violations, %.1f ms a seed%n",
            i + 1, seeds, violated, millis);
      }
    }
    progress.print(coverage);
    progress.printf("simulate: event log %016x%n", hash);
  }

  private void tell(Verdict verdict) {
    progress.printf("seed %d, ended %s:%n", verdict.seed(), verdict.end());
    verdict.violations().stream().limit(MOST_LINES).forEach(line -> progress.println("  " + line));
    if (verdict.violations().size() > MOST_LINES) {
      progress.println("  … " + verdict.violations().size() + " in all");
    }
    progress.printf("  again: itests/simulate --seed %d%n", verdict.seed());
  }

  /** What has happened. */
  public Coverage coverage() {
    return coverage;
  }

  /** How many seeds were violated. */
  public int violated() {
    return violated;
  }

  /** Of the event logs of all runs: equal for equal campaigns. */
  public long hash() {
    return hash;
  }
}
