package io.geartrain.plan;

import io.geartrain.api.Aggregator;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Vertex;
import io.geartrain.api.Topology.Windowing;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.codec.Types;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the types that the records, keys and accumulators of a topology are made of, as far as the
 * definition names them. Loads classes of the application; the caller's thread.
 */
final class PlannedTypes {
  private PlannedTypes() {}

  /**
   * The types, numbered by name.
   *
   * @throws DefinitionException if a class that they need is missing
   */
  static TypeDictionary of(Topology topology) {
    List<Type> declared = new ArrayList<>(topology.types());
    topology.vertices().forEach(vertex -> declare(vertex, declared));
    try {
      return Types.collect(declared).dictionary();
    } catch (LinkageError | TypeNotPresentException e) {
      throw new DefinitionException(
          "a type of the application's records needs a class that is not in its bundle: " + e, e);
    }
  }

  private static void declare(Vertex vertex, List<Type> declared) {
    if (vertex instanceof Vertex.SourceVertex source) {
      declared.add(source.source().type());
    } else if (vertex instanceof Vertex.ProcessorVertex processor) {
      declared.add(processor.outputType());
    } else if (vertex instanceof Vertex.KeyedVertex keyed) {
      declared.add(keyed.key().type());
      declared.add(keyed.outputType());
    } else if (vertex instanceof Vertex.AggregateVertex aggregate) {
      declared.add(aggregate.key().type());
      declared.addAll(TypeArguments.of(aggregate.aggregator().getClass(), Aggregator.class));
      Windowing<?> windowing = aggregate.windowing();
      if (windowing != null && windowing.lateOutput() != null) {
        declared.add(windowing.lateOutput().type());
      }
    }
  }
}
