package io.geartrain.simulation;

import java.util.List;

/**
 * What came of a run.
 *
 * @param violations what must not be; empty if all is well
 * @param hash of the event log: equal for equal runs
 * @param events how many there were
 * @param end how the application ended, in a word
 */
public record Verdict(long seed, List<String> violations, long hash, long events, String end) {
  /** Copies the list. */
  public Verdict {
    violations = List.copyOf(violations);
  }

  /** Whether all is well. */
  public boolean good() {
    return violations.isEmpty();
  }
}
