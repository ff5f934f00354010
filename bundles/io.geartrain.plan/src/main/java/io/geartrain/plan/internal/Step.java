package io.geartrain.plan.internal;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Topology;

/** A step while the application defines it; on the thread that runs the definition. */
final class Step {
  /** Adds the step to a topology. */
  @FunctionalInterface
  interface VertexAdder {
    void add(Topology.Builder builder, String id, int parallelism);
  }

  private final String kind;
  private final int number;
  private final Step input;
  private final Partitioner<?> partitioner;
  private final VertexAdder vertex;
  private final String statefulAt;
  private String id;
  private int parallelism;

  /**
   * A step.
   *
   * @param statefulAt file and line of a step that must be named; null of others
   */
  Step(
      String kind,
      int number,
      Step input,
      Partitioner<?> partitioner,
      VertexAdder vertex,
      String statefulAt) {
    this.kind = kind;
    this.number = number;
    this.input = input;
    this.partitioner = partitioner;
    this.vertex = vertex;
    this.statefulAt = statefulAt;
  }

  void id(String given) {
    if (given == null) {
      throw new DefinitionException("the id of step '" + id() + "' is null");
    }
    id = given;
  }

  void parallelism(int tasks) {
    if (tasks < 1 || tasks > 1024) {
      throw new DefinitionException(
          "parallelism of '" + id() + "' must be from 1 to 1024, but is " + tasks);
    }
    parallelism = tasks;
  }

  void addTo(Topology.Builder builder) {
    if (statefulAt != null && id == null) {
      throw new DefinitionException(
          "the step '%s' keeps state and needs a name of its own: add .id(\"…\") after it at %s"
              .formatted(kind, statefulAt));
    }
    vertex.add(builder, id(), parallelism);
    if (input != null) {
      builder.edge(input.id(), id(), edge());
    }
  }

  private String id() {
    return id == null ? kind + "-" + number : id;
  }

  private Partitioner<?> edge() {
    if (partitioner != null) {
      return partitioner;
    }
    boolean fits = parallelism == 0 || parallelism == input.effectiveParallelism();
    return fits ? Partitioner.forward() : Partitioner.shuffle();
  }

  /** The own number of tasks, or that which comes with a forward edge; 0 if not known yet. */
  private int effectiveParallelism() {
    boolean inherits = parallelism == 0 && partitioner == null && input != null;
    return inherits ? input.effectiveParallelism() : parallelism;
  }
}
