package io.geartrain.plan.internal;

import io.geartrain.api.DataStream;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Source;
import io.geartrain.api.Streams;
import io.geartrain.api.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects the steps of one definition and compiles them; on the thread that runs it. */
public final class StreamGraph implements Streams {
  private final List<Step> steps = new ArrayList<>();
  private Topology topology;

  @Override
  public <T> DataStream<T> from(Source<T> source) {
    Objects.requireNonNull(source, "source");
    Class<T> type = source.type();
    if (type == null) {
      throw new DefinitionException("type() of the source " + source + " is null");
    }
    Step step = add("source", null, null, (to, id, tasks) -> to.source(id, source, tasks), false);
    return new Stream<>(this, step, type, null);
  }

  @Override
  public void use(Topology given) {
    Objects.requireNonNull(given, "topology");
    if (topology != null) {
      throw new DefinitionException("use() was called twice; an application has one topology");
    }
    topology = given;
  }

  /** The topology of all steps. */
  public Topology build() {
    if (topology != null) {
      if (!steps.isEmpty()) {
        throw new DefinitionException(
            "the application calls both from() and use(); it must do one or the other");
      }
      return topology;
    }
    Topology.Builder builder = Topology.builder();
    steps.forEach(step -> step.addTo(builder));
    return builder.build();
  }

  /**
   * Adds a step.
   *
   * @param partitioner of the edge that leads to it; null lets the step choose
   */
  Step add(
      String kind,
      Step input,
      Partitioner<?> partitioner,
      Step.VertexAdder vertex,
      boolean stateful) {
    Step step =
        new Step(
            kind, steps.size() + 1, input, partitioner, vertex, stateful ? Caller.place() : null);
    steps.add(step);
    return step;
  }
}
