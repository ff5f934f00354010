package io.geartrain.spi;

import java.util.Map;

/**
 * One worker at one moment.
 *
 * @param id its id
 * @param slots how many slices it can run in all
 * @param freeSlots how many more it can run
 * @param labels what the operator said of it ({@code rack=r1})
 * @param slicesByApplication how many slices of which application it runs
 */
public record WorkerSnapshot(
    String id,
    int slots,
    int freeSlots,
    Map<String, String> labels,
    Map<String, Integer> slicesByApplication) {
  /** Copies the maps. */
  public WorkerSnapshot {
    labels = Map.copyOf(labels);
    slicesByApplication = Map.copyOf(slicesByApplication);
  }
}
