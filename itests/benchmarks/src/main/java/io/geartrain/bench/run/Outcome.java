package io.geartrain.bench.run;

import io.geartrain.bench.data.Event;
import io.geartrain.bench.data.Latencies;
import io.geartrain.bench.data.Lines;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.ManyKeys;
import io.geartrain.bench.data.Messages;
import io.geartrain.bench.data.Report;
import io.geartrain.bench.plain.PlainBids;
import io.geartrain.bench.plain.PlainWindows;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a run of one side gave.
 *
 * @param perSecond records per second
 * @param perCpuSecond records per second of CPU time of its process
 * @param created percentiles of the latency from creation, in µs; null if not measured
 * @param due percentiles of the latency from schedule, in µs; null if not measured
 * @param right whether the result is what it should be
 */
record Outcome(
    double perSecond, double perCpuSecond, double[] created, double[] due, boolean right) {
  /** Reads what the run left, and checks it. */
  static Outcome read(Load load) throws IOException {
    List<Map<String, String>> sources = Report.read(load.report(), "source-");
    List<Map<String, String>> sinks = Report.read(load.report(), "sink-");
    if (sources.isEmpty() || sinks.isEmpty()) {
      throw new IOException("the run of " + load.workload() + " left no figures");
    }
    double rate = 0;
    double measured = 0;
    double cpu = 0;
    for (Map<String, String> source : sources) {
      double records = number(source, "measured") * recordsPerEmitted(load);
      measured += records;
      rate += records * 1e9 / number(source, "nanos");
      cpu += number(source, "cpu-nanos") / 1e9 / sources.size();
    }
    boolean latency = load.family().equals("W4") || load.isLarge();
    return new Outcome(
        rate,
        measured / cpu,
        latency ? Latencies.percentiles(sinks, "created") : null,
        latency ? Latencies.percentiles(sinks, "due") : null,
        right(load, sources, sinks));
  }

  private static int recordsPerEmitted(Load load) {
    return isWords(load) ? Lines.WORDS : 1;
  }

  private static boolean isWords(Load load) {
    return load.family().equals("W2") || load.family().equals("W5");
  }

  private static boolean right(
      Load load, List<Map<String, String>> sources, List<Map<String, String>> sinks) {
    List<Long> emitted = sources.stream().map(source -> number(source, "emitted")).toList();
    long all = emitted.stream().mapToLong(n -> n).sum();
    long records = sinks.stream().mapToLong(sink -> number(sink, "records")).sum();
    long sum = sinks.stream().mapToLong(sink -> number(sink, "sum")).sum();
    switch (load.family()) {
      case "W1", "W1c":
        return records == all && sum == emitted.stream().mapToLong(Messages::checksum).sum();
      case "W2", "W5":
        return records == all * Lines.WORDS && sum == Lines.checksum(load.lines(), emitted);
      case "W4":
        return records == all && sum == Event.checksum(all);
      case "W6":
        if (load.isLarge()) {
          List<Long> from = sources.stream().map(source -> number(source, "from")).toList();
          return records == all - from.stream().mapToLong(n -> n).sum()
              && sum == ManyKeys.checksum(load.keys(), from, emitted);
        }
        return rightBids(load, emitted, records, sum);
      default:
        return rightBids(load, emitted, records, sum);
    }
  }

  private static boolean rightBids(Load load, List<Long> emitted, long records, long sum) {
    PlainWindows expected = PlainBids.expected(load, emitted);
    return records == expected.results() && sum == expected.sum();
  }

  private static long number(Map<String, String> figures, String key) {
    return Long.parseLong(figures.get(key));
  }
}
