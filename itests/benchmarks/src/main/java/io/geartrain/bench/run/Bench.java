package io.geartrain.bench.run;

import io.geartrain.bench.data.Load;
import io.geartrain.bench.plain.Plain;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Runs workloads on both sides in turn, and prints their medians; on one thread. */
public final class Bench {
  private static final String BEGIN = "<!-- itests/bench --table begins -->\n";
  private static final String END = "<!-- itests/bench --table ends -->\n";

  /** W5 is measured so many times as long, for it has that many phases. */
  private static final int PHASES = 4;

  private final Options options;
  private final Path folder;
  private final PrintStream progress;
  private Path home;
  private BenchNode shared;
  private int runs;

  Bench(Options options, Path folder, PrintStream progress) {
    this.options = options;
    this.folder = folder;
    this.progress = progress;
  }

  /** The command line; the distribution's tar.gz is the first argument, PERFORMANCE.md the next. */
  public static void main(String[] args) throws Exception {
    List<String> rest = Arrays.asList(args).subList(2, args.length);
    if (rest.contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Path jar = Path.of(Bench.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Options options;
    try {
      options = Options.parse(rest, Path.of(args[0]), jar, Path.of(args[1]));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    Path folder = Files.createTempDirectory("gear-bench");
    List<Row> rows;
    try {
      rows = new Bench(options, folder, System.err).run(System.out);
    } finally {
      delete(folder);
    }
    if (options.table() != null) {
      write(options.table(), Row.table(rows));
    }
    System.exit(rows.stream().allMatch(Row::ok) ? 0 : 1);
  }

  /** Runs all; prints each line as soon as it is known. */
  List<Row> run(PrintStream out) throws Exception {
    unpack();
    List<Row> rows = new ArrayList<>();
    try {
      for (String workload : options.workloads()) {
        for (Row row : run(workload)) {
          rows.add(row);
          out.println(row.line());
        }
      }
    } finally {
      if (shared != null) {
        shared.close();
      }
    }
    return rows;
  }

  private List<Row> run(String workload) throws Exception {
    List<Outcome> ours = new ArrayList<>();
    List<Outcome> plain = new ArrayList<>();
    List<LargeState.Result> large = new ArrayList<>();
    for (int pair = 0; pair < options.pairs(); pair++) {
      if (workload.equals("W5")) {
        List<Outcome> both = inPhases(load(workload, "ours"));
        ours.add(both.get(0));
        plain.add(both.get(1));
      } else {
        plain.add(plain(load(workload, "plain")));
        Load load = load(workload, "ours");
        if (load.isLarge()) {
          large.add(withLargeState(load));
          ours.add(large.get(pair).filled());
        } else {
          ours.add(ours(load));
        }
      }
      tell(workload, plain.get(pair), ours.get(pair));
    }
    ToDoubleFunction<Outcome> rate = options.perCpu() ? Outcome::perCpuSecond : Outcome::perSecond;
    List<Row> rows = Row.of(workload, ours, plain, rate);
    return large.isEmpty() ? rows : Row.ofLargeState(workload, large, plain, rows.get(0));
  }

  private Load load(String workload, String side) throws IOException {
    Path report = Files.createDirectory(folder.resolve("run-" + runs++ + "-" + side));
    long measureMs = options.measureMs() * (workload.equals("W5") ? PHASES : 1);
    return new Load(workload, options.warmUpMs(), measureMs, options.lines(), report);
  }

  private List<Outcome> inPhases(Load load) throws Exception {
    List<Outcome> both = new ArrayList<>();
    onNode(load, node -> both.addAll(new CheckpointPhases().run(node, load, options.jar())));
    return both;
  }

  private Outcome plain(Load load) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions(home));
    command.addAll(List.of(options.jvm(load).split(" +")));
    command.addAll(List.of("-cp", options.jar().toString(), Plain.class.getName()));
    load.settings().forEach((key, value) -> command.add(key + "=" + value));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("plain " + load.workload() + " ended with " + process.exitValue());
    }
    return Outcome.read(load);
  }

  /** The options of a node's JVM, which the plain side gets as well. */
  private static List<String> jvmOptions(Path home) throws IOException {
    try (Stream<String> lines = Files.lines(home.resolve("conf/jvm.options"))) {
      return lines.filter(line -> line.startsWith("-")).toList();
    }
  }

  private Outcome ours(Load load) throws Exception {
    onNode(load, node -> node.run(load, options.jar()));
    return Outcome.read(load);
  }

  private LargeState.Result withLargeState(Load load) throws Exception {
    List<LargeState.Result> results = new ArrayList<>();
    onNode(load, node -> results.add(LargeState.run(node, load, options.jar())));
    return results.get(0);
  }

  private interface NodeWork {
    void on(BenchNode node) throws Exception;
  }

  private void onNode(Load load, NodeWork work) throws Exception {
    if (options.freshNodes()) {
      try (BenchNode node = BenchNode.start(home, options.jvm(load))) {
        work.on(node);
      }
      delete(home.resolve("data"));
    } else {
      if (shared == null) {
        shared = BenchNode.start(home, options.jvm());
      }
      work.on(shared);
    }
  }

  private void tell(String workload, Outcome plain, Outcome ours) {
    if (Double.isNaN(ours.perCpuSecond())) {
      progress.printf(
          Locale.ROOT,
          "%s: M/s %.3f, without checkpoints %.3f, ratio %.3f%n",
          workload,
          ours.perSecond() / 1e6,
          plain.perSecond() / 1e6,
          ours.perSecond() / plain.perSecond());
      return;
    }
    progress.printf(
        Locale.ROOT,
        "%s: M/s %.3f, plain %.3f, ratio %.3f; per CPU second %.3f, plain %.3f, ratio %.3f%n",
        workload,
        ours.perSecond() / 1e6,
        plain.perSecond() / 1e6,
        ours.perSecond() / plain.perSecond(),
        ours.perCpuSecond() / 1e6,
        plain.perCpuSecond() / 1e6,
        ours.perCpuSecond() / plain.perCpuSecond());
    if (ours.created() != null) {
      progress.printf(
          "%s: µs %s, plain %s%n",
          workload, Arrays.toString(ours.created()), Arrays.toString(plain.created()));
    }
  }

  private void unpack() throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "xzf", options.tarball().toAbsolutePath().toString())
            .directory(folder.toFile())
            .inheritIO()
            .start();
    if (!tar.waitFor(2, TimeUnit.MINUTES) || tar.exitValue() != 0) {
      throw new IOException("can't unpack " + options.tarball());
    }
    try (Stream<Path> children = Files.list(folder)) {
      home = children.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  /** Puts the table between its marks. */
  static void write(Path document, String table) throws IOException {
    String text = Files.readString(document);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("no marks for the table in " + document + ": " + BEGIN + END);
    }
    Files.writeString(
        document,
        text.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + text.substring(end));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
