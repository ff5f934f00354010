package io.geartrain.bench.run;

import io.geartrain.bench.data.ManyKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A line of the result.
 *
 * @param workload its name
 * @param rate our records per second; NaN: does not apply
 * @param plainRate those of plain Java
 * @param ratio of the two
 * @param micros percentiles 50, 99, 99.9 and 100; null: does not apply
 * @param ok whether all results were right
 */
record Row(
    String workload, double rate, double plainRate, double ratio, double[] micros, boolean ok) {
  private static final String HEADER =
      "| workload | records/s | plain Java | ratio | p50 µs | p99 µs | p99.9 µs | max µs | right |\n"
          + "|---|---|---|---|---|---|---|---|---|\n";

  /** The lines of one workload. */
  static List<Row> of(
      String workload, List<Outcome> ours, List<Outcome> plain, ToDoubleFunction<Outcome> rate) {
    boolean ok = ours.stream().allMatch(Outcome::right) && plain.stream().allMatch(Outcome::right);
    double ourRate = median(ours.stream().mapToDouble(rate).toArray());
    double plainRate = median(plain.stream().mapToDouble(rate).toArray());
    if (!workload.startsWith("W4")) {
      double[] ratios = new double[ours.size()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = rate.applyAsDouble(ours.get(i)) / rate.applyAsDouble(plain.get(i));
      }
      return List.of(new Row(workload, ourRate, plainRate, median(ratios), null, ok));
    }
    return List.of(
        latency(workload, ourRate, ours, Outcome::created, ok),
        latency(workload + "/due", ourRate, ours, Outcome::due, ok),
        latency(workload + "/plain", plainRate, plain, Outcome::created, ok),
        latency(workload + "/plain/due", plainRate, plain, Outcome::due, ok));
  }

  /** The lines of the workload whose state is large. */
  static List<Row> ofLargeState(
      String workload, List<LargeState.Result> ours, List<Outcome> plain, Row rates) {
    boolean ok = rates.ok && ours.stream().allMatch(LargeState.Result::right);
    List<Outcome> filled = ours.stream().map(LargeState.Result::filled).toList();
    double paced = ManyKeys.PACED_PER_SECOND;
    return List.of(
        rates,
        latency(workload + "/savepoint", paced, filled, Outcome::created, ok),
        latency(workload + "/plain", paced, plain, Outcome::created, ok),
        once(workload + "/savepoint-took", ours, LargeState.Result::savepointMs, ok),
        once(workload + "/restore-took", ours, LargeState.Result::restoreMs, ok));
  }

  private static Row once(
      String workload,
      List<LargeState.Result> results,
      ToLongFunction<LargeState.Result> millis,
      boolean ok) {
    double median =
        median(results.stream().mapToDouble(r -> millis.applyAsLong(r) * 1e3).toArray());
    double none = Double.NaN;
    return new Row(workload, none, none, none, new double[] {none, none, none, median}, ok);
  }

  private static Row latency(
      String workload,
      double rate,
      List<Outcome> outcomes,
      Function<Outcome, double[]> percentiles,
      boolean ok) {
    double[] medians = new double[4];
    for (int i = 0; i < medians.length; i++) {
      int at = i;
      medians[i] = median(outcomes.stream().mapToDouble(o -> percentiles.apply(o)[at]).toArray());
    }
    return new Row(workload, rate, Double.NaN, Double.NaN, medians, ok);
  }

  /** Tab-separated. */
  String line() {
    return String.join("\t", cells());
  }

  /** All as a table of Markdown. */
  static String table(List<Row> rows) {
    StringBuilder table = new StringBuilder(HEADER);
    for (Row row : rows) {
      table.append("| ").append(String.join(" | ", row.cells())).append(" |\n");
    }
    return table.toString();
  }

  private List<String> cells() {
    return List.of(
        workload,
        cell("%.0f", rate),
        cell("%.0f", plainRate),
        cell("%.3f", ratio),
        micros(0),
        micros(1),
        micros(2),
        micros(3),
        "" + ok);
  }

  private String micros(int at) {
    return micros == null ? "-" : cell("%.1f", micros[at]);
  }

  private static String cell(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
