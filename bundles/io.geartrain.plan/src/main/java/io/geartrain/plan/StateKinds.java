package io.geartrain.plan;

import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Vertex;
import io.geartrain.api.Window;
import io.geartrain.plan.internal.Stateless;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the steps of a topology keep in checkpoints, in words: what another version of a step keeps
 * under other words it can't go on with. Stateless.
 */
final class StateKinds {
  private StateKinds() {}

  /** The kind of each step that may keep anything, by its id. */
  static Map<String, String> of(Topology topology) {
    Map<String, String> kinds = new TreeMap<>();
    for (Vertex vertex : topology.vertices()) {
      if (!keepsNothing(vertex)) {
        kinds.put(vertex.id(), of(vertex));
      }
    }
    return kinds;
  }

  private static boolean keepsNothing(Vertex vertex) {
    return vertex instanceof Vertex.ProcessorVertex processor
        && processor.processor() instanceof Stateless;
  }

  private static String of(Vertex vertex) {
    if (vertex instanceof Vertex.SourceVertex) {
      return "positions in splits";
    }
    if (vertex instanceof Vertex.SinkVertex) {
      return "prepared output";
    }
    if (vertex instanceof Vertex.KeyedVertex) {
      return "keyed state of a processor";
    }
    if (vertex instanceof Vertex.AggregateVertex aggregate) {
      return aggregate.windowing() == null
          ? "a value for each key"
          : of(aggregate.windowing().window());
    }
    return "values of a processor";
  }

  private static String of(Window window) {
    if (window instanceof Window.Sliding sliding) {
      return "windows of %d ms every %d ms"
          .formatted(sliding.size().toMillis(), sliding.slide().toMillis());
    }
    return window instanceof Window.Session ? "sessions" : "a value for each key";
  }
}
