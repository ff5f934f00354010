package io.geartrain.plan;

import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sorts a topology in the order of the records' way; ties by the order of definition. */
final class Order {
  private Order() {}

  static List<Vertex> sorted(Topology topology) {
    Map<String, Integer> missing = new HashMap<>();
    topology.edges().forEach(edge -> missing.merge(edge.to(), 1, Integer::sum));
    List<Vertex> left = new ArrayList<>(topology.vertices());
    List<Vertex> sorted = new ArrayList<>(left.size());
    while (!left.isEmpty()) {
      Vertex next =
          left.stream()
              .filter(vertex -> missing.getOrDefault(vertex.id(), 0) == 0)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("cycle among " + left));
      left.remove(next);
      sorted.add(next);
      topology.edges().stream()
          .filter(edge -> edge.from().equals(next.id()))
          .forEach(edge -> missing.merge(edge.to(), -1, Integer::sum));
    }
    return sorted;
  }
}
