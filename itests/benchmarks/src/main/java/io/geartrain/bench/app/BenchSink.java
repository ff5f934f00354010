package io.geartrain.bench.app;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Report;
import java.io.IOException;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Counts and adds up what it is given. */
final class BenchSink<T> implements Sink<T> {
  private final Load load;
  private final ToLongFunction<T> read;

  BenchSink(Load load, ToLongFunction<T> read) {
    this.load = load;
    this.read = read;
  }

  @Override
  public SinkWriter<T> open(ProcessorContext context) {
    return new SinkWriter<>() {
      private long records;
      private long sum;

      @Override
      public void write(T value, long timestamp) {
        records++;
        sum += read.applyAsLong(value);
      }

      @Override
      public void close() throws IOException {
        Report.write(
            load.report(),
            "sink-" + context.taskIndex(),
            Map.of("records", "" + records, "sum", "" + sum));
      }
    };
  }
}
