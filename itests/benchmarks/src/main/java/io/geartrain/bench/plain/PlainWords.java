package io.geartrain.bench.plain;

import io.geartrain.bench.data.Lines;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Meter;
import io.geartrain.bench.data.Report;
import java.util.HashMap;
import java.util.Map;

/** W2: one thread, one hash map whose counters change in place. */
final class PlainWords {
  private static final int AT_ONCE = 256;

  private final Map<String, long[]> counts = new HashMap<>();
  private long updates;
  private long sum;

  private PlainWords() {}

  static void run(Load load) throws Exception {
    String[] lines = Lines.all(load.lines());
    Meter meter = new Meter(load);
    PlainWords words = new PlainWords();
    int at = 0;
    do {
      for (int i = 0; i < AT_ONCE; i++) {
        words.split(lines[at]);
        at = at + 1 < lines.length ? at + 1 : 0;
      }
    } while (meter.add(AT_ONCE));
    Report.write(load.report(), "source-0", meter.figures());
    Report.write(
        load.report(), "sink-0", Map.of("records", "" + words.updates, "sum", "" + words.sum));
  }

  private void split(String line) {
    int from = 0;
    for (int to = line.indexOf(' '); to >= 0; to = line.indexOf(' ', from)) {
      count(line.substring(from, to));
      from = to + 1;
    }
    count(line.substring(from));
  }

  private void count(String word) {
    long[] count = counts.get(word);
    if (count == null) {
      count = new long[1];
      counts.put(word, count);
    }
    updates++;
    sum += Lines.read(word, ++count[0]);
  }
}
