package io.geartrain.bench.app;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.bench.data.Event;
import io.geartrain.bench.data.Latencies;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Report;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Measures how old the updates are that it is given. */
final class LatencySink implements Sink<Update> {
  private final Load load;

  LatencySink(Load load) {
    this.load = load;
  }

  @Override
  public SinkWriter<Update> open(ProcessorContext context) {
    return new SinkWriter<>() {
      private final Latencies latencies = new Latencies();
      private long records;
      private long sum;

      @Override
      public void write(Update update, long timestamp) {
        latencies.arrived(update.event());
        records++;
        sum += Event.read(update.event().key(), update.count());
      }

      @Override
      public void close() throws IOException {
        Map<String, String> figures = new HashMap<>();
        figures.put("records", "" + records);
        figures.put("sum", "" + sum);
        latencies.addTo(figures);
        Report.write(load.report(), "sink-" + context.taskIndex(), figures);
      }
    };
  }
}
