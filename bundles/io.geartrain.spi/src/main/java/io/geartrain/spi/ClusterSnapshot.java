package io.geartrain.spi;

import java.util.List;

/**
 * The workers of the cluster at one moment.
 *
 * @param workers sorted by id
 */
public record ClusterSnapshot(List<WorkerSnapshot> workers) {
  /** Copies the list. */
  public ClusterSnapshot {
    workers = List.copyOf(workers);
  }
}
