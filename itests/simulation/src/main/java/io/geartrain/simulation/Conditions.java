package io.geartrain.simulation;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.simulation.fault.Fault;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a run is not free to draw; for tests that show what a guard is good for.
 *
 * @param metadata as the roles are given them
 * @param more faults beside those that are drawn
 */
public record Conditions(UnaryOperator<MetadataStore> metadata, List<Fault> more) {
  /** Copies the list. */
  public Conditions {
    more = List.copyOf(more);
  }

  /** All is drawn. */
  public static Conditions free() {
    return new Conditions(UnaryOperator.identity(), List.of());
  }

  /** With these faults too. */
  public static Conditions with(Fault... faults) {
    return new Conditions(UnaryOperator.identity(), List.of(faults));
  }
}
