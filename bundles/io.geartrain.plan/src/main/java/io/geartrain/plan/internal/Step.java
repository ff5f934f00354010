package io.geartrain.plan.internal;

import io.geartrain.api.DefinitionException;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A step while the application defines it; on the thread that runs the definition. */
final class Step {
  /** Adds the step to a topology. */
  @FunctionalInterface
  interface VertexAdder {
    void add(Topology.Builder builder, String id, int parallelism);
  }

  /** An output of a step. */
  record Origin(Step step, String output) {
    static Origin main(Step step) {
      return new Origin(step, OutputTag.MAIN);
    }
  }

  /**
   * What leads to a step.
   *
   * @param partitioner null lets the step choose
   */
  record Input(Origin origin, Partitioner<?> partitioner) {}

  private final String kind;
  private final int number;
  private final List<Input> inputs;
  private final VertexAdder vertex;
  private final String statefulAt;
  private final List<Step> parts = new ArrayList<>();
  private Step whole;
  private String id;
  private int parallelism;
  private boolean blocking;

  /** The own number of tasks, or that which comes with forward edges; 0 = the default. */
  private int tasks;

  /**
   * A step.
   *
   * @param number its place among the steps of its kind
   * @param statefulAt file and line of a step that may keep state, and so must be named; null of
   *     others
   */
  Step(String kind, int number, List<Input> inputs, VertexAdder vertex, String statefulAt) {
    this.kind = kind;
    this.number = number;
    this.inputs = List.copyOf(inputs);
    this.vertex = vertex;
    this.statefulAt = statefulAt;
  }

  void id(String given) {
    if (given == null) {
      throw new DefinitionException("the id of step '" + id() + "' is null");
    }
    id = given;
  }

  /** Takes another step as a part of this one: it gets its name, with its kind, and its size. */
  void consistsOf(Step part) {
    part.whole = this;
    parts.add(part);
  }

  void parallelism(int given) {
    if (given < 1 || given > 1024) {
      throw new DefinitionException(
          "parallelism of '" + id() + "' must be from 1 to 1024, but is " + given);
    }
    parallelism = given;
    parts.forEach(part -> part.parallelism(given));
  }

  void blocking() {
    blocking = true;
    parts.forEach(Step::blocking);
  }

  /** Adds it; the steps before it are added already. */
  void addTo(Topology.Builder builder) {
    Step named = whole == null ? this : whole;
    if (statefulAt != null && named.id == null) {
      throw new DefinitionException(
          "the step '%s' needs a name to keep its state under: add .id(\"…\") after it at %s"
              .formatted(named.kind, statefulAt));
    }
    OptionalInt common = common();
    tasks = common.orElse(parallelism);
    vertex.add(builder, id(), parallelism);
    if (blocking) {
      builder.blocking(id());
    }
    for (Input input : inputs) {
      builder.edge(
          input.origin().step().id(),
          input.origin().output(),
          id(),
          edge(input, common.isPresent()));
    }
  }

  private String id() {
    if (whole != null) {
      return whole.id() + "-" + kind;
    }
    return id == null ? kind + "-" + number : id;
  }

  private static Partitioner<?> edge(Input input, boolean forward) {
    if (input.partitioner() != null) {
      return input.partitioner();
    }
    return forward ? Partitioner.forward() : Partitioner.shuffle();
  }

  /**
   * The number of tasks on all inputs that leave the choice to the step, if task i can hand to task
   * i on each of them; empty if it can't.
   */
  private OptionalInt common() {
    int common = parallelism;
    boolean told = parallelism > 0;
    for (Input input : inputs) {
      if (input.partitioner() == null) {
        int before = input.origin().step().tasks;
        if (told && common != before) {
          return OptionalInt.empty();
        }
        common = before;
        told = true;
      }
    }
    return OptionalInt.of(common);
  }
}
