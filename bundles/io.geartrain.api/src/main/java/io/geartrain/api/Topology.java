package io.geartrain.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A graph of sources, processors and sinks without cycles; what the streams compile to, and what
 * may be built by hand. Immutable, but for the user's objects inside, which belong to one task.
 *
 * <pre>{@code
 * final class Doubled implements Processor<String, String> {
 *   public void process(String value, long timestamp, Emitter<String> out) {
 *     out.emit(value + value);
 *   }
 * }
 *
 * streams.use(
 *     Topology.builder()
 *         .source("lines", lines, 1)
 *         .processor("doubled", Doubled::new, String.class, 3)
 *         .sink("write", out, 1)
 *         .edge(
 *             "lines",
 *             "doubled",
 *             Partitioner.custom((String line, int tasks) -> line.length() % tasks))
 *         .edge("doubled", "write", Partitioner.shuffle())
 *         .build());
 * // the lines "a", "bc" give: aa, bcbc
 * }</pre>
 */
public final class Topology {
  /** What a vertex is, with the user's part of it. */
  public sealed interface Vertex {
    /** Unique within the topology. */
    String id();

    /** How many tasks run it; 0 = as many as the platform finds fit. */
    int parallelism();

    /** A source. */
    record SourceVertex(String id, int parallelism, Source<?> source, EventTime<?> eventTime)
        implements Vertex {}

    /** A processor. */
    record ProcessorVertex(
        String id, int parallelism, ProcessorSupplier<?, ?> processor, Class<?> outputType)
        implements Vertex {}

    /** A processor with state and timers for each key; all inputs come by hash. */
    record KeyedVertex(
        String id,
        int parallelism,
        KeyDefinition<?, ?> key,
        KeyedProcessorSupplier<?, ?, ?> processor,
        Class<?> outputType)
        implements Vertex {}

    /**
     * An aggregation for each key; all inputs come by hash.
     *
     * @param windowing null for one value over all time, handed on after each record
     */
    record AggregateVertex(
        String id,
        int parallelism,
        KeyDefinition<?, ?> key,
        Aggregator<?, ?, ?> aggregator,
        Windowing<?> windowing)
        implements Vertex {}

    /** A sink. */
    record SinkVertex(String id, int parallelism, Sink<?> sink) implements Vertex {}
  }

  /** The key of a record, and its class. */
  public record KeyDefinition<T, K>(Class<K> type, KeySelector<? super T, ? extends K> selector) {}

  /**
   * How records are cut into windows.
   *
   * @param latenessMs for how long a window takes late records after its end
   * @param lateOutput where later ones go; null = they are counted and dropped
   */
  public record Windowing<T>(Window window, long latenessMs, OutputTag<T> lateOutput) {}

  /**
   * Joins two vertices.
   *
   * @param output of the first: {@link OutputTag#MAIN} or a side output
   */
  public record Edge(String from, String output, String to, Partitioner<?> partitioner) {}

  private final Map<String, Vertex> vertices;
  private final List<Edge> edges;
  private final List<Class<?>> types;
  private final Set<String> blocking;

  private Topology(
      Map<String, Vertex> vertices, List<Edge> edges, List<Class<?>> types, Set<String> blocking) {
    this.vertices = Collections.unmodifiableMap(new LinkedHashMap<>(vertices));
    this.edges = List.copyOf(edges);
    this.types = List.copyOf(types);
    this.blocking = Set.copyOf(blocking);
  }

  /** Starts to build a topology. */
  public static Builder builder() {
    return new Builder();
  }

  /** All vertices, in the order in which they were added. */
  public Collection<Vertex> vertices() {
    return vertices.values();
  }

  /**
   * One vertex.
   *
   * @throws IllegalArgumentException if there is none of that id
   */
  public Vertex vertex(String id) {
    Vertex vertex = vertices.get(id);
    if (vertex == null) {
      throw new IllegalArgumentException("no vertex '" + id + "' among " + vertices.keySet());
    }
    return vertex;
  }

  /** All edges, in the order in which they were added. */
  public List<Edge> edges() {
    return edges;
  }

  /** Classes that values are made of and no vertex names, in the order in which they were added. */
  public List<Class<?>> types() {
    return types;
  }

  /**
   * Ids of the vertices of which the definition says that they may block; others say so by {@link
   * Blocking} on their class.
   */
  public Set<String> blocking() {
    return blocking;
  }

  /** Builds a topology; {@link #build} checks it. */
  public static final class Builder {
    private static final Pattern ID = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]{0,99}");

    private final Map<String, Vertex> vertices = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Class<?>> types = new ArrayList<>();
    private final Set<String> blocking = new HashSet<>();

    private Builder() {}

    /** Adds a source. */
    public <T> Builder source(String id, Source<T> source, int parallelism) {
      return source(id, source, EventTime.<T>ofReader(), parallelism);
    }

    /** Adds a source whose records get their event time here. */
    public <T> Builder source(
        String id, Source<T> source, EventTime<T> eventTime, int parallelism) {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(eventTime, "eventTime");
      return add(new Vertex.SourceVertex(id, parallelism, source, eventTime));
    }

    /** Adds a processor; {@code outputType} is the class of the records that leave it. */
    public <I, O> Builder processor(
        String id, ProcessorSupplier<I, O> processor, Class<?> outputType, int parallelism) {
      Objects.requireNonNull(processor, "processor");
      Objects.requireNonNull(outputType, "outputType");
      return add(new Vertex.ProcessorVertex(id, parallelism, processor, outputType));
    }

    /** Adds a processor with state for each key; join its inputs with {@code hash(key)}. */
    public <T, K, O> Builder keyed(
        String id,
        KeyDefinition<T, K> key,
        KeyedProcessorSupplier<K, ? super T, O> processor,
        Class<?> outputType,
        int parallelism) {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(processor, "processor");
      Objects.requireNonNull(outputType, "outputType");
      return add(new Vertex.KeyedVertex(id, parallelism, key, processor, outputType));
    }

    /**
     * Adds an aggregation for each key, whose records are {@link Windowed}, or {@link Keyed} if
     * {@code windowing} is null; join its inputs with {@code hash(key)}.
     */
    public <T, K> Builder aggregate(
        String id,
        KeyDefinition<T, K> key,
        Aggregator<? super T, ?, ?> aggregator,
        Windowing<?> windowing,
        int parallelism) {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(aggregator, "aggregator");
      return add(new Vertex.AggregateVertex(id, parallelism, key, aggregator, windowing));
    }

    /** Adds a sink. */
    public Builder sink(String id, Sink<?> sink, int parallelism) {
      Objects.requireNonNull(sink, "sink");
      return add(new Vertex.SinkVertex(id, parallelism, sink));
    }

    /** Joins two vertices, both added before {@link #build}. */
    public Builder edge(String from, String to, Partitioner<?> partitioner) {
      return edge(from, OutputTag.MAIN, to, partitioner);
    }

    /** Joins an output of a vertex to another, both added before {@link #build}. */
    public Builder edge(String from, String output, String to, Partitioner<?> partitioner) {
      Objects.requireNonNull(output, "output");
      edges.add(new Edge(from, output, to, Objects.requireNonNull(partitioner, "partitioner")));
      return this;
    }

    /** Names classes that values are made of and no vertex names; see {@link Streams#types}. */
    public Builder types(Class<?>... classes) {
      for (Class<?> type : classes) {
        types.add(Objects.requireNonNull(type, "type"));
      }
      return this;
    }

    /** Says that the code of a vertex, added before {@link #build}, may block. */
    public Builder blocking(String id) {
      blocking.add(Objects.requireNonNull(id, "id"));
      return this;
    }

    private Builder add(Vertex vertex) {
      if (vertex.id() == null || !ID.matcher(vertex.id()).matches()) {
        throw new DefinitionException(
            "'"
                + vertex.id()
                + "' is no id: use up to 100 letters, digits, '.', '_' and '-', a letter first");
      }
      if (vertex.parallelism() < 0 || vertex.parallelism() > 1024) {
        throw new DefinitionException(
            "parallelism of '"
                + vertex.id()
                + "' must be from 1 to 1024, but is "
                + vertex.parallelism());
      }
      if (vertices.putIfAbsent(vertex.id(), vertex) != null) {
        throw new DefinitionException(
            "two steps have the id '" + vertex.id() + "'; give one of them another");
      }
      return this;
    }

    /**
     * The topology.
     *
     * @throws DefinitionException if it is empty, an edge leads nowhere, out of a sink or into a
     *     source, a vertex is not joined, or there is a cycle
     */
    public Topology build() {
      if (vertices.isEmpty()) {
        throw new DefinitionException("the application defines no step; start with a source");
      }
      checkEdges();
      checkJoined();
      checkAcyclic();
      for (String id : blocking) {
        if (!vertices.containsKey(id)) {
          throw new DefinitionException(
              "'%s' is said to block: there is no such step among %s"
                  .formatted(id, vertices.keySet()));
        }
      }
      return new Topology(vertices, edges, types, blocking);
    }

    private void checkEdges() {
      for (Edge edge : edges) {
        Vertex from = known(edge, edge.from());
        Vertex to = known(edge, edge.to());
        if (from instanceof Vertex.SinkVertex) {
          throw new DefinitionException("sink '" + from.id() + "' can't have an output");
        }
        if (to instanceof Vertex.SourceVertex) {
          throw new DefinitionException("source '" + to.id() + "' can't have an input");
        }
        boolean keyed = to instanceof Vertex.KeyedVertex || to instanceof Vertex.AggregateVertex;
        if (keyed && !(edge.partitioner() instanceof Partitioner.Hash)) {
          throw new DefinitionException(
              "step '%s' keeps state by key: join '%s' to it with Partitioner.hash of the same key"
                  .formatted(to.id(), from.id()));
        }
        if (edge.partitioner() instanceof Partitioner.Forward
            && from.parallelism() != 0
            && to.parallelism() != 0
            && from.parallelism() != to.parallelism()) {
          throw new DefinitionException(
              "forward edge from '%s' (parallelism %d) to '%s' (parallelism %d): make both equal, or use shuffle"
                  .formatted(from.id(), from.parallelism(), to.id(), to.parallelism()));
        }
      }
    }

    private Vertex known(Edge edge, String id) {
      Vertex vertex = vertices.get(id);
      if (vertex == null) {
        throw new DefinitionException(
            "edge '%s' → '%s': there is no step '%s' among %s"
                .formatted(edge.from(), edge.to(), id, vertices.keySet()));
      }
      return vertex;
    }

    private void checkJoined() {
      for (Vertex vertex : vertices.values()) {
        boolean input = edges.stream().anyMatch(e -> e.to().equals(vertex.id()));
        boolean output = edges.stream().anyMatch(e -> e.from().equals(vertex.id()));
        if (!input && !(vertex instanceof Vertex.SourceVertex)) {
          throw new DefinitionException("step '" + vertex.id() + "' has no input");
        }
        if (!output && !(vertex instanceof Vertex.SinkVertex)) {
          throw new DefinitionException(
              "step '" + vertex.id() + "' has no output: end the stream in a sink");
        }
      }
    }

    private void checkAcyclic() {
      Map<String, Integer> inputs = new HashMap<>();
      vertices.keySet().forEach(id -> inputs.put(id, 0));
      edges.forEach(e -> inputs.merge(e.to(), 1, Integer::sum));
      Deque<String> ready = new ArrayDeque<>();
      inputs.forEach(
          (id, count) -> {
            if (count == 0) {
              ready.add(id);
            }
          });
      while (!ready.isEmpty()) {
        String id = ready.poll();
        inputs.remove(id);
        for (Edge edge : edges) {
          if (edge.from().equals(id) && inputs.merge(edge.to(), -1, Integer::sum) == 0) {
            ready.add(edge.to());
          }
        }
      }
      if (!inputs.isEmpty()) {
        throw new DefinitionException("the steps " + inputs.keySet() + " form a cycle");
      }
    }
  }
}
