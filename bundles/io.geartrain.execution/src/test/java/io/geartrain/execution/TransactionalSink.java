package io.geartrain.execution;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Shows what was prepared once it is committed, and outlives crashes. One thread. */
final class TransactionalSink implements Sink<String> {
  private final Map<String, List<String>> prepared = new HashMap<>();
  private final Set<String> committed = new HashSet<>();
  private long next;

  @Override
  public SinkWriter<String> open(ProcessorContext context) {
    return new SinkWriter<>() {
      private List<String> written = new ArrayList<>();

      @Override
      public void write(String value, long timestamp) {
        written.add(value);
      }

      @Override
      public String prepare(long checkpointId) {
        if (written.isEmpty()) {
          return null;
        }
        String name = context.processorId() + "/" + context.taskIndex() + "#" + next++;
        prepared.put(name, written);
        written = new ArrayList<>();
        return name;
      }

      @Override
      public String finish() {
        return prepare(Long.MAX_VALUE);
      }
    };
  }

  @Override
  public void commit(String name) {
    if (!prepared.containsKey(name)) {
      throw new IllegalStateException(name + " was never prepared, or was discarded");
    }
    committed.add(name);
  }

  @Override
  public void discardAllBut(Set<String> safe, ProcessorContext context) {
    prepared
        .keySet()
        .removeIf(
            name ->
                name.startsWith(context.processorId() + "/" + context.taskIndex() + "#")
                    && !safe.contains(name)
                    && !committed.contains(name));
  }

  /** How many texts are ready and not to be seen yet. */
  int hidden() {
    return prepared.entrySet().stream()
        .filter(entry -> !committed.contains(entry.getKey()))
        .mapToInt(entry -> entry.getValue().size())
        .sum();
  }

  /** How often each text is to be seen. */
  Map<String, Integer> visible() {
    Map<String, Integer> visible = new TreeMap<>();
    for (String name : committed) {
      prepared.get(name).forEach(text -> visible.merge(text, 1, Integer::sum));
    }
    return visible;
  }
}
