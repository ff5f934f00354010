package io.geartrain.plan.internal;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Source;
import io.geartrain.api.SourceStream;
import io.geartrain.api.Streams;
import io.geartrain.api.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collects the steps of one definition and compiles them; on the thread that runs it. */
public final class StreamGraph implements Streams {
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Integer> ofKind = new HashMap<>();
  private final List<Class<?>> types = new ArrayList<>();
  private Topology topology;

  @Override
  public <T> SourceStream<T> from(Source<T> source) {
    Objects.requireNonNull(source, "source");
    if (source.type() == null) {
      throw new DefinitionException("type() of the source " + source + " is null");
    }
    return FromSource.add(this, source);
  }

  @Override
  public void use(Topology given) {
    Objects.requireNonNull(given, "topology");
    if (topology != null) {
      throw new DefinitionException("use() was called twice; an application has one topology");
    }
    topology = given;
  }

  @Override
  public void types(Class<?>... named) {
    for (Class<?> type : named) {
      types.add(Objects.requireNonNull(type, "type"));
    }
  }

  /** The topology of all steps. */
  public Topology build() {
    if (topology != null) {
      if (!steps.isEmpty()) {
        throw new DefinitionException(
            "the application calls both from() and use(); it must do one or the other");
      }
      if (!types.isEmpty()) {
        throw new DefinitionException(
            "the application calls both types() and use(); name the types to Topology.builder()");
      }
      return topology;
    }
    Topology.Builder builder = Topology.builder();
    builder.types(types.toArray(Class<?>[]::new));
    steps.forEach(step -> step.addTo(builder));
    return builder.build();
  }

  /** Adds a step; one more of a kind changes no number of another kind. */
  Step add(String kind, List<Step.Input> inputs, Step.VertexAdder vertex, boolean stateful) {
    int number = ofKind.merge(kind, 1, Integer::sum);
    Step step = new Step(kind, number, inputs, vertex, stateful ? Caller.place() : null);
    steps.add(step);
    return step;
  }
}
