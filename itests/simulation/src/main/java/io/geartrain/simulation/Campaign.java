package io.geartrain.simulation;

import io.geartrain.simulation.fault.Coverage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs many seeds one after the other, and tells how it goes. One thread. */
public final class Campaign {
  private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream progress;
  private final Consumer<String> reader;
  private final Coverage coverage = new Coverage();
  private final List<Verdict> violated = new ArrayList<>();
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
        violated.add(verdict);
        progress.print(verdict);
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
            i + 1, seeds, violated.size(), millis);
      }
    }
    progress.print(coverage);
    progress.printf("simulate: event log %016x%n", hash);
  }

  /** What has happened. */
  public Coverage coverage() {
    return coverage;
  }

  /** The runs that were violated, in their order. */
  public List<Verdict> violated() {
    return List.copyOf(violated);
  }

  /** Of the event logs of all runs: equal for equal campaigns. */
  public long hash() {
    return hash;
  }
}
