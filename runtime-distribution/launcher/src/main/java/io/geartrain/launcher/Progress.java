package io.geartrain.launcher;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints which parts of the node have come up, each once. Used by the main thread. */
final class Progress {
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean terminal;
  private final boolean colour;
  private final List<String> expected;
  private final Set<String> printed = new LinkedHashSet<>();

  /**
   * @param out where to print
   * @param terminal whether a person reads it; else login codes are left out
   * @param colour whether escape sequences may be used
   * @param expected parts without which the node is not ready
   */
  Progress(PrintStream out, boolean terminal, boolean colour, List<String> expected) {
    this.out = out;
    this.terminal = terminal;
    this.colour = colour;
    this.expected = List.copyOf(expected);
  }

  /**
   * Prints the parts that are ready and were not before.
   *
   * @param states of the parts that are known now
   * @param elapsedMs time since the start of the process
   * @return whether every expected part is ready
   */
  boolean update(List<Parts.State> states, long elapsedMs) {
    for (Parts.State state : states) {
      if (state.ready() && printed.add(state.name())) {
        out.printf(
            Locale.ROOT,
            "  %s %-14s %-28s %s%n",
            mark(GREEN, "✔"),
            state.name(),
            terminal ? state.detail() : state.detail().replaceAll("\\?\\S*", ""),
            seconds(elapsedMs));
      }
    }
    return printed.containsAll(expected)
        && states.stream()
            .filter(state -> expected.contains(state.name()))
            .allMatch(Parts.State::ready);
  }

  /** Prints the expected parts that are not ready, and what they wait for. */
  void printMissing(List<Parts.State> states) {
    Map<String, Parts.State> known =
        states.stream()
            .collect(Collectors.toMap(Parts.State::name, Function.identity(), (a, b) -> b));
    for (String name : expected) {
      Parts.State state = known.get(name);
      if (state == null || !state.ready()) {
        printProblem(name, state == null ? "has not started" : state.detail());
      }
    }
  }

  void printProblem(String name, String detail) {
    out.printf("  %s %-14s %s%n", mark(RED, "✘"), name, detail);
  }

  static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
  }

  private String mark(String sequence, String sign) {
    return colour ? sequence + sign + PLAIN : sign;
  }
}
