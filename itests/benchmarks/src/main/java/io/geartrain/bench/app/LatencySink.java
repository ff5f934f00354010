package io.geartrain.bench.app;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.bench.data.Latencies;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Report;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Measures how old the updates are that it is given. */
final class LatencySink implements Sink<Update> {
  /** What is made of the update of a key. */
  @FunctionalInterface
  interface Reading {
    long of(int key, long count);
  }

  private final Load load;
  private final Reading reading;

  LatencySink(Load load, Reading reading) {
    this.load = load;
    this.reading = reading;
  }

  @Override
  public SinkWriter<Update> open(ProcessorContext context) {
    return new SinkWriter<>() {
      private final Latencies latencies = new Latencies();
      private long records;
      private long sum;
      private long firstAtMillis;

      @Override
      public void write(Update update, long timestamp) {
        if (records == 0) {
          firstAtMillis = System.currentTimeMillis();
        }
        latencies.arrived(update.event());
        records++;
        sum += reading.of(update.event().key(), update.count());
      }

      @Override
      public void close() throws IOException {
        Map<String, String> figures = new HashMap<>();
        figures.put("records", "" + records);
        figures.put("sum", "" + sum);
        figures.put("first-at", "" + firstAtMillis);
        latencies.addTo(figures);
        Report.write(load.report(), "sink-" + context.taskIndex(), figures);
      }
    };
  }
}
