package io.geartrain.state;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * A snapshot being written: the state as it was when the snapshot began, whatever happens to it
 * meanwhile. Owned by the thread of the task, which calls {@link #step} between batches.
 */
public interface Snapshot {
  /**
   * Writes on.
   *
   * @param budgetNanos for how long, about; at least one entry is written
   * @param nanoTime the clock, as {@link System#nanoTime}
   * @return true once all is written
   * @throws StateException if something can't be saved, or could not be when it was about to change
   */
  boolean step(long budgetNanos, LongSupplier nanoTime);

  /** Gives up; what was written is worth nothing. Does nothing once all is written. */
  void abort();

  /** Several snapshots that began together, as one. */
  static Snapshot all(List<? extends Snapshot> parts) {
    return new CompositeSnapshot(parts);
  }
}
