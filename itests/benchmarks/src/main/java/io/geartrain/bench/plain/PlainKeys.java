package io.geartrain.bench.plain;

import io.geartrain.bench.data.Event;
import io.geartrain.bench.data.Latencies;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.ManyKeys;
import io.geartrain.bench.data.Meter;
import io.geartrain.bench.data.Report;
import io.geartrain.bench.data.Schedule;
import java.util.HashMap;
import java.util.Map;

/** The workload whose state is large: one thread, one hash map; it makes no snapshot. */
final class PlainKeys {
  private static final int AT_ONCE = 1024;
  private static final long PACED_NANOS = 3_000_000_000L;

  private final Load load;
  private final Map<Integer, long[]> counts;
  private final Latencies latencies = new Latencies();
  private final long[] at = new long[2];
  private long records;
  private long sum;

  private PlainKeys(Load load) {
    this.load = load;
    counts = new HashMap<>(2 * load.keys());
  }

  static void run(Load load) throws Exception {
    new PlainKeys(load).run();
  }

  private void run() throws Exception {
    for (int i = 0; i < load.keys(); i++) {
      count(next(i & 1));
    }
    Meter meter = new Meter(load);
    do {
      for (int i = 0; i < AT_ONCE; i++) {
        count(next(i & 1));
      }
    } while (meter.add(AT_ONCE));
    long begun = System.nanoTime();
    Schedule schedule = new Schedule(ManyKeys.PACED_PER_SECOND, begun);
    for (long now = begun; now - begun < PACED_NANOS; now = System.nanoTime()) {
      while (schedule.due() - now <= 0) {
        int part = (int) (records & 1);
        int stage = now - begun > ManyKeys.SETTLING_NANOS ? Meter.MEASURING : Meter.WARM_UP;
        Event event = schedule.make(ManyKeys.key(part, at[part]++, load.keys()), stage);
        count(event);
        latencies.arrived(event);
      }
    }
    for (int part = 0; part < 2; part++) {
      Map<String, String> figures = new HashMap<>(meter.figures());
      figures.put("measured", "" + Long.parseLong(figures.get("measured")) / 2);
      figures.put("from", "0");
      figures.put("emitted", "" + at[part]);
      Report.write(load.report(), "source-part-" + part, figures);
    }
    Map<String, String> figures = new HashMap<>();
    figures.put("records", "" + records);
    figures.put("sum", "" + sum);
    latencies.addTo(figures);
    Report.write(load.report(), "sink-0", figures);
  }

  private Event next(int part) {
    return new Event(ManyKeys.key(part, at[part]++, load.keys()), 0, 0, Meter.WARM_UP);
  }

  private void count(Event event) {
    long[] count = counts.computeIfAbsent(event.key(), key -> new long[1]);
    sum += ManyKeys.read(event.key(), ++count[0]);
    records++;
  }
}
