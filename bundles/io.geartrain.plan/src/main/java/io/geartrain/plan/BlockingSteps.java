package io.geartrain.plan;

import io.geartrain.api.Blocking;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Vertex;
import java.util.HashSet;
import java.util.Set;

/** Finds the steps whose code may block: the definition says so, or their class does. */
final class BlockingSteps {
  private BlockingSteps() {}

  /** Ids of these steps; makes one instance of each processor to look at. */
  static Set<String> of(Topology topology) {
    Set<String> blocking = new HashSet<>(topology.blocking());
    for (Vertex vertex : topology.vertices()) {
      Object code = code(vertex);
      if (code != null && code.getClass().isAnnotationPresent(Blocking.class)) {
        blocking.add(vertex.id());
      }
    }
    return blocking;
  }

  private static Object code(Vertex vertex) {
    if (vertex instanceof Vertex.SourceVertex source) {
      return source.source();
    }
    if (vertex instanceof Vertex.SinkVertex sink) {
      return sink.sink();
    }
    try {
      if (vertex instanceof Vertex.ProcessorVertex processor) {
        return processor.processor().get();
      }
      return vertex instanceof Vertex.KeyedVertex keyed ? keyed.processor().get() : null;
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      throw new DefinitionException(
          "the processor of step '%s' can't be made: %s".formatted(vertex.id(), ErrorText.of(e)),
          e);
    }
  }
}
