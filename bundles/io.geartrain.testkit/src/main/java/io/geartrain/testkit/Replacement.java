package io.geartrain.testkit;

import io.geartrain.api.Aggregator;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.EventTime;
import io.geartrain.api.KeyedProcessorSupplier;
import io.geartrain.api.ProcessorSupplier;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.KeyDefinition;
import io.geartrain.api.Topology.Vertex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Puts sources and sinks of the test in the places of the application's own. */
@SuppressWarnings("unchecked")
final class Replacement {
  private final Map<String, Source<?>> sources = new HashMap<>();
  private final Map<String, Sink<?>> sinks = new HashMap<>();

  void source(String id, Source<?> source) {
    sources.put(id, source);
  }

  void sink(String id, Sink<?> sink) {
    sinks.put(id, sink);
  }

  Topology in(Topology topology) {
    Set<String> wanted = new HashSet<>(sources.keySet());
    wanted.addAll(sinks.keySet());
    Topology.Builder builder = Topology.builder();
    for (Vertex vertex : topology.vertices()) {
      add(vertex, builder);
      if (vertex instanceof Vertex.SourceVertex && sources.containsKey(vertex.id())
          || vertex instanceof Vertex.SinkVertex && sinks.containsKey(vertex.id())) {
        wanted.remove(vertex.id());
      }
    }
    if (!wanted.isEmpty()) {
      throw new DefinitionException(
          "the test replaces %s, but the application has only these steps: %s"
              .formatted(wanted, topology.vertices().stream().map(Vertex::id).toList()));
    }
    topology.edges().forEach(e -> builder.edge(e.from(), e.output(), e.to(), e.partitioner()));
    builder.types(topology.types().toArray(Class<?>[]::new));
    return builder.build();
  }

  private void add(Vertex vertex, Topology.Builder builder) {
    if (vertex instanceof Vertex.SourceVertex v) {
      builder.source(
          v.id(), (Source<Object>) source(v), (EventTime<Object>) v.eventTime(), v.parallelism());
    } else if (vertex instanceof Vertex.ProcessorVertex v) {
      ProcessorSupplier<Object, Object> processor =
          (ProcessorSupplier<Object, Object>) v.processor();
      builder.processor(v.id(), processor, v.outputType(), v.parallelism());
    } else if (vertex instanceof Vertex.KeyedVertex v) {
      KeyedProcessorSupplier<Object, Object, Object> processor =
          (KeyedProcessorSupplier<Object, Object, Object>) v.processor();
      builder.keyed(v.id(), key(v.key()), processor, v.outputType(), v.parallelism());
    } else if (vertex instanceof Vertex.AggregateVertex v) {
      Aggregator<Object, ?, ?> aggregator = (Aggregator<Object, ?, ?>) v.aggregator();
      builder.aggregate(v.id(), key(v.key()), aggregator, v.windowing(), v.parallelism());
    } else if (vertex instanceof Vertex.SinkVertex v) {
      builder.sink(v.id(), sinks.getOrDefault(v.id(), v.sink()), v.parallelism());
    }
  }

  private static KeyDefinition<Object, Object> key(KeyDefinition<?, ?> key) {
    return (KeyDefinition<Object, Object>) key;
  }

  private Source<?> source(Vertex.SourceVertex vertex) {
    Source<?> own = vertex.source();
    Source<?> source = sources.getOrDefault(vertex.id(), own);
    if (source.type() != own.type()) {
      throw new DefinitionException(
          "the test's source '%s' gives %s, but the application's gives %s"
              .formatted(vertex.id(), source.type().getName(), own.type().getName()));
    }
    return source;
  }
}
