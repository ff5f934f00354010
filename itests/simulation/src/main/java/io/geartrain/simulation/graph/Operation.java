package io.geartrain.simulation.graph;

import io.geartrain.api.DataStream;
import java.util.List;

/** What a step does to a stream, in the engine and by a plain computation. Immutable. */
interface Operation {
  /**
   * Adds the step to a graph.
   *
   * @param id of the step
   * @param site where its code will run
   */
  DataStream<Item> on(DataStream<Item> in, String id, Site site);

  /** The same, computed: in any order. */
  List<Item> of(List<Item> in);

  /** What holds for the stream that leaves it. */
  default Traits after(Traits in) {
    return in;
  }

  /** What must hold for the stream that comes in. */
  default boolean takes(Traits in) {
    return true;
  }

  /** Whether each task makes of an item what any other would. */
  default boolean stateless() {
    return false;
  }
}
