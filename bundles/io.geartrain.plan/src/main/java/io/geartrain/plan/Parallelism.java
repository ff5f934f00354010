package io.geartrain.plan;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Edge;
import io.geartrain.api.Topology.Vertex;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Gives each step its number of tasks: its own word, else that of the step which hands to it
 * forward, else the default.
 */
final class Parallelism {
  private Parallelism() {}

  /** By a default. */
  static Map<String, Integer> resolve(Topology topology, int defaultParallelism) {
    return resolve(topology, vertex -> defaultParallelism);
  }

  /** As in an earlier plan of the same definition. */
  static Map<String, Integer> resolve(Topology topology, ExecutionPlan plan) {
    Map<String, Integer> planned = new HashMap<>();
    for (PlannedProcessor processor : plan.processors()) {
      planned.put(processor.id(), processor.parallelism());
    }
    return resolve(topology, vertex -> planned.getOrDefault(vertex.id(), 1));
  }

  private static Map<String, Integer> resolve(
      Topology topology, ToIntFunction<Vertex> defaultParallelism) {
    Map<String, Integer> resolved = new HashMap<>();
    for (Vertex vertex : Order.sorted(topology)) {
      int parallelism = vertex.parallelism();
      for (Edge edge : topology.edges()) {
        if (edge.to().equals(vertex.id()) && edge.partitioner() instanceof Partitioner.Forward) {
          int upstream = resolved.get(edge.from());
          if (parallelism == 0) {
            parallelism = upstream;
          } else if (parallelism != upstream) {
            throw new DefinitionException(
                "forward edge from '%s' (parallelism %d) to '%s' (parallelism %d): make both equal, or use shuffle"
                    .formatted(edge.from(), upstream, vertex.id(), parallelism));
          }
        }
      }
      resolved.put(
          vertex.id(), parallelism == 0 ? defaultParallelism.applyAsInt(vertex) : parallelism);
    }
    return resolved;
  }
}
