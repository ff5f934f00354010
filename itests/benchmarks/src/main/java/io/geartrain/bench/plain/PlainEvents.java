package io.geartrain.bench.plain;

import io.geartrain.bench.data.Event;
import io.geartrain.bench.data.Latencies;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Meter;
import io.geartrain.bench.data.Report;
import io.geartrain.bench.data.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** W4: one thread makes events, the other counts them with one hash map; both spin. */
final class PlainEvents {
  private static final int WAITING = 4096;
  private static final Event END = new Event(0, 0, 0, Meter.WARM_UP);

  private PlainEvents() {}

  static void run(Load load) throws Exception {
    Ring<Event> ring = new Ring<>(WAITING);
    Thread consumer = new Thread(() -> count(load, ring));
    consumer.start();
    Meter meter = new Meter(load);
    Schedule schedule = new Schedule(load.perSecond(), System.nanoTime());
    long at = 0;
    int made = 0;
    while (meter.add(made)) {
      made = 0;
      long now = System.nanoTime();
      while (schedule.due() - now <= 0) {
        ring.put(at++, schedule.make(meter.stage()));
        made++;
      }
    }
    ring.put(at, END);
    consumer.join();
    Report.write(load.report(), "source-0", meter.figures());
  }

  private static void count(Load load, Ring<Event> ring) {
    Map<Integer, long[]> counts = new HashMap<>();
    Latencies latencies = new Latencies();
    long records = 0;
    long sum = 0;
    for (Event event = ring.take(0); event != END; event = ring.take(records)) {
      long[] count = counts.computeIfAbsent(event.key(), key -> new long[1]);
      sum += Event.read(event.key(), ++count[0]);
      latencies.arrived(event);
      records++;
    }
    Map<String, String> figures = new HashMap<>();
    figures.put("records", "" + records);
    figures.put("sum", "" + sum);
    latencies.addTo(figures);
    try {
      Report.write(load.report(), "sink-0", figures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
