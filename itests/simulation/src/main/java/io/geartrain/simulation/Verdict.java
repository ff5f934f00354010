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
  private static final int MOST_LINES = 12;

  /** Copies the list. */
  public Verdict {
    violations = List.copyOf(violations);
  }

  /** Whether all is well. */
  public boolean good() {
    return violations.isEmpty();
  }

  /** What is violated, a line each, and how to run it again. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed %d, ended %s:%n".formatted(seed, end));
    violations.stream().limit(MOST_LINES).forEach(line -> text.append("  %s%n".formatted(line)));
    if (violations.size() > MOST_LINES) {
      text.append("  … %d in all%n".formatted(violations.size()));
    }
    return text.append("  again: itests/simulate --seed %d%n".formatted(seed)).toString();
  }
}
