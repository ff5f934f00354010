package io.geartrain.bench.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

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
    if (ours.get(0).created() == null) {
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
