package io.geartrain.state;

import java.util.List;
import java.util.function.LongSupplier;

/** Writes one snapshot after the other within one budget. Owned by the task's thread. */
final class CompositeSnapshot implements Snapshot {
  private final List<Snapshot> parts;
  private int current;

  CompositeSnapshot(List<? extends Snapshot> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public boolean step(long budgetNanos, LongSupplier nanoTime) {
    long start = nanoTime.getAsLong();
    while (current < parts.size()) {
      long left = budgetNanos - (nanoTime.getAsLong() - start);
      if (!parts.get(current).step(left, nanoTime)) {
        return false;
      }
      current++;
      if (left <= 0) {
        break;
      }
    }
    return current == parts.size();
  }

  @Override
  public void abort() {
    parts.forEach(Snapshot::abort);
    current = parts.size();
  }
}
