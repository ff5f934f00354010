package io.geartrain.plan;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Keyed;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Edge;
import io.geartrain.api.Topology.Vertex;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.plan.PlannedProcessor.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fuses steps into chains: a step joins the chain of the step before it where a forward edge is its
 * only input, unless one of the two may block. A chain is thus a tree with one head.
 */
final class Fusion {
  private final Map<String, Integer> parallelism;
  private final Set<String> blocking;
  private final List<PlannedEdge> edges = new ArrayList<>();
  private final List<List<String>> chains = new ArrayList<>();
  private final Map<String, Integer> chainOf = new HashMap<>();
  private final List<PlannedProcessor> processors = new ArrayList<>();

  /** Fuses a topology whose steps have these numbers of tasks. */
  Fusion(Topology topology, Map<String, Integer> parallelism) {
    this.parallelism = parallelism;
    this.blocking = BlockingSteps.of(topology);
    for (Edge edge : topology.edges()) {
      edges.add(planned(topology, edge));
    }
    for (Vertex vertex : Order.sorted(topology)) {
      processors.add(planned(vertex));
    }
  }

  /** All steps, sorted. */
  List<PlannedProcessor> processors() {
    return processors;
  }

  /** All edges. */
  List<PlannedEdge> edges() {
    return edges;
  }

  /** All chains. */
  List<PlannedChain> chains() {
    List<PlannedChain> result = new ArrayList<>();
    for (List<String> chain : chains) {
      String head = chain.get(0);
      result.add(
          new PlannedChain(result.size(), chain, parallelism.get(head), blocking.contains(head)));
    }
    return result;
  }

  private PlannedEdge planned(Topology topology, Edge edge) {
    Routing routing = Routing.of(edge.partitioner());
    boolean onlyInput =
        topology.edges().stream().filter(other -> other.to().equals(edge.to())).count() == 1;
    boolean blocks = blocking.contains(edge.from()) || blocking.contains(edge.to());
    boolean fused = routing == Routing.FORWARD && onlyInput && !blocks;
    return new PlannedEdge(
        edges.size(),
        edge.from(),
        edge.output(),
        edge.to(),
        routing,
        fused,
        routing == Routing.HASH && combines(topology.vertex(edge.to())));
  }

  /**
   * Whether a step gives nothing before a window closes, so that parts of it may be made before.
   */
  private static boolean combines(Vertex vertex) {
    return vertex instanceof Vertex.AggregateVertex aggregate
        && aggregate.windowing() != null
        && !(aggregate.windowing().window() instanceof Window.Session)
        && aggregate.aggregator().compact();
  }

  private PlannedProcessor planned(Vertex vertex) {
    int chain =
        edges.stream()
            .filter(edge -> edge.fused() && edge.to().equals(vertex.id()))
            .findFirst()
            .map(edge -> chainOf.get(edge.from()))
            .orElseGet(this::newChain);
    chains.get(chain).add(vertex.id());
    chainOf.put(vertex.id(), chain);
    return new PlannedProcessor(
        vertex.id(),
        kind(vertex),
        parallelism.get(vertex.id()),
        chain,
        outputType(vertex),
        blocking.contains(vertex.id()));
  }

  private int newChain() {
    chains.add(new ArrayList<>());
    return chains.size() - 1;
  }

  private static Kind kind(Vertex vertex) {
    if (vertex instanceof Vertex.SourceVertex) {
      return Kind.SOURCE;
    }
    return vertex instanceof Vertex.SinkVertex ? Kind.SINK : Kind.OPERATOR;
  }

  private static String outputType(Vertex vertex) {
    if (vertex instanceof Vertex.ProcessorVertex processor) {
      return processor.outputType().getName();
    }
    if (vertex instanceof Vertex.KeyedVertex keyed) {
      return keyed.outputType().getName();
    }
    if (vertex instanceof Vertex.AggregateVertex aggregate) {
      return (aggregate.windowing() == null ? Keyed.class : Windowed.class).getName();
    }
    if (vertex instanceof Vertex.SourceVertex source) {
      Class<?> type = source.source().type();
      if (type == null) {
        throw new DefinitionException("type() of the source '" + vertex.id() + "' is null");
      }
      return type.getName();
    }
    return "";
  }
}
