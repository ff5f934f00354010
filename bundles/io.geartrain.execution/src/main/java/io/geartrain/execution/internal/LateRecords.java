package io.geartrain.execution.internal;

import io.geartrain.api.OutputTag;

/** Where records go that are too late for any window; on the task's thread. */
final class LateRecords {
  private final Outlet output;
  private long handedOn;
  private long dropped;

  /** Late records of a step; {@code tag} may be null. */
  LateRecords(Outlets outlets, OutputTag<?> tag) {
    this.output = tag == null ? null : outlets.side(tag);
  }

  void add(Object value, long timestamp) {
    if (value instanceof Partial) {
      throw new IllegalStateException("records were folded before they were sent, though late");
    }
    if (output == null) {
      dropped++;
    } else {
      handedOn++;
      output.emit(value, timestamp);
    }
  }

  /** How many were too late. */
  long records() {
    return handedOn + dropped;
  }

  /** How many of them had nowhere to go. */
  long dropped() {
    return dropped;
  }
}
