package io.geartrain.bench.run;

import io.geartrain.bench.data.Load;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param workloads names as {@code W2} and {@code W6/50}
 * @param pairs how often each side runs
 * @param warmUpMs how long each run warms up
 * @param measureMs how long each run is measured
 * @param lines lines of text of W2
 * @param jvm options of both sides' JVMs
 * @param freshNodes whether each run has a node of its own
 * @param perCpu whether rates are per second of CPU time
 * @param table file whose table is to be written; null: none
 * @param tarball the distribution
 * @param jar the bundle of the workloads
 */
record Options(
    List<String> workloads,
    int pairs,
    long warmUpMs,
    long measureMs,
    int lines,
    String jvm,
    boolean freshNodes,
    boolean perCpu,
    Path table,
    Path tarball,
    Path jar) {
  /** What each name stands for, in the order in which they run. */
  private static final Map<String, List<String>> FAMILIES =
      Map.of(
          "W1", List.of("W1"),
          "W1c", List.of("W1c"),
          "W2", List.of("W2"),
          "W3", List.of("W3"),
          "W4", List.of("W4/50k", "W4/200k"),
          "W5", List.of("W5"),
          "W6", List.of("W6/1", "W6/5", "W6/50", "W6/10M"));

  private static final List<String> ALL = List.of("W1", "W1c", "W2", "W3", "W4", "W5", "W6");

  private static final String LARGE_HEAP = " -Xms6g -Xmx6g";

  static final String USAGE =
      """
      usage: itests/bench [--quick | --pairs N] [--table] [--cpu] [--jvm OPTIONS] [WORKLOAD…]

      Runs whole-application workloads in the built distribution beside plain Java that does the
      same work, in turn, each in a fresh JVM, and prints one tab-separated line for each:

        workload rate plain_rate ratio p50_us p99_us p999_us max_us ok

      Workloads: W1 W1c W2 W3 W4 W5 W6, or one line of them, as W4/50k or W6/10M (all of them unless
      named). Rates are medians, in records per second; the ratio is the median of the pairs'
      ratios. Lines of W4 give the latency from creation; those with /due from the time at which an
      event should have been made, and those with /plain are the plain side's. W5 is W2 with a
      checkpoint each second; in the place of plain Java it has the rate of the same run without.
      W6/10M counts 10 million keys: its rate; the latency while a savepoint is made (/savepoint),
      and that of the plain side; how long the savepoint took, and a start from it until the first
      result (max_us). Its heap is of 6 GB.

        --quick        three pairs instead of five, and a shorter warm-up: each line, and W4 as a
                       whole, in less than two minutes
        --pairs N      so many pairs
        --table        also write the table into docs/PERFORMANCE.md
        --cpu          rates per second of CPU time instead of the clock's, for a busy machine
        --jvm OPTIONS  options of all JVMs; default: -Xms2g -Xmx2g -XX:+UseParallelGC

      Status 0 only if all results were right.
      """;

  /** From the command line; {@code IllegalArgumentException} says what is wrong. */
  static Options parse(List<String> args, Path tarball, Path jar, Path table) {
    List<String> names = new ArrayList<>();
    int pairs = 5;
    long warmUpMs = 4000;
    boolean perCpu = false;
    boolean write = false;
    String jvm = "-Xms2g -Xmx2g -XX:+UseParallelGC";
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      switch (arg) {
        case "--quick" -> {
          pairs = 3;
          warmUpMs = 2500;
        }
        case "--cpu" -> perCpu = true;
        case "--table" -> write = true;
        case "--pairs" -> pairs = number(args, ++i);
        case "--jvm" -> {
          if (++i == args.size()) {
            throw new IllegalArgumentException("--jvm needs the options as one argument");
          }
          jvm = args.get(i);
        }
        default -> {
          names.addAll(lines(arg));
        }
      }
    }
    return new Options(
        names.isEmpty() ? ALL.stream().flatMap(name -> lines(name).stream()).toList() : names,
        pairs,
        warmUpMs,
        5000,
        1_000_000,
        jvm,
        true,
        perCpu,
        write ? table : null,
        tarball,
        jar);
  }

  private static List<String> lines(String name) {
    if (FAMILIES.values().stream().anyMatch(lines -> lines.contains(name))) {
      return List.of(name);
    }
    if (!FAMILIES.containsKey(name)) {
      throw new IllegalArgumentException(
          "no workload or option '%s'; workloads are %s, or a line of one, as W4/50k"
              .formatted(name, String.join(" ", ALL)));
    }
    return FAMILIES.get(name);
  }

  /** Options of the JVMs of a workload; a state of millions of keys gets a larger heap. */
  String jvm(Load load) {
    return load.isLarge() && load.keys() >= 1_000_000 ? jvm + LARGE_HEAP : jvm;
  }

  private static int number(List<String> args, int at) {
    if (at == args.size() || !args.get(at).matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException("--pairs needs a number from 1 to 99");
    }
    return Integer.parseInt(args.get(at));
  }
}
