package io.geartrain.execution;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what was written by tasks that finished; any thread. */
final class CollectingSink<T> implements Sink<T> {
  final Queue<T> visible = new ConcurrentLinkedQueue<>();
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  @Override
  public SinkWriter<T> open(ProcessorContext context) {
    return new SinkWriter<>() {
      private final List<T> written = new ArrayList<>();

      @Override
      public void write(T value, long timestamp) {
        written.add(value);
      }

      @Override
      public void finish() {
        visible.addAll(written);
        calls.add("finish " + context.taskIndex());
      }

      @Override
      public void close() {
        calls.add("close " + context.taskIndex());
      }
    };
  }
}
