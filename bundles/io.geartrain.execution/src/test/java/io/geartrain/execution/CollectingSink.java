package io.geartrain.execution;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Shows what was written by tasks that finished, once it is committed; any thread. */
final class CollectingSink<T> implements Sink<T> {
  final Queue<T> visible = new ConcurrentLinkedQueue<>();
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, List<T>> finished = new ConcurrentHashMap<>();

  @Override
  public void commit(String prepared) {
    List<T> written = finished.remove(prepared);
    if (written != null) {
      visible.addAll(written);
    }
  }

  @Override
  public SinkWriter<T> open(ProcessorContext context) {
    return new SinkWriter<>() {
      private final List<T> written = new ArrayList<>();

      @Override
      public void write(T value, long timestamp) {
        written.add(value);
      }

      @Override
      public String finish() {
        calls.add("finish " + context.taskIndex());
        String name = context.processorId() + "/" + context.taskIndex();
        finished.put(name, written);
        return name;
      }

      @Override
      public void close() {
        calls.add("close " + context.taskIndex());
      }
    };
  }
}
