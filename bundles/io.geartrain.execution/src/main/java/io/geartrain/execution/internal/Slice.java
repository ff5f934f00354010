package io.geartrain.execution.internal;

/** How many records are processed between two looks at the clock: fewer where they are slow. */
final class Slice {
  private static final long AIM_NANOS = 50_000;

  private final int largest;
  private int records = 1;

  Slice(int largest) {
    this.largest = largest;
  }

  int records() {
    return records;
  }

  /** Learns from a slice that took so long. */
  void took(long nanos) {
    if (nanos > AIM_NANOS) {
      records = (int) Math.max(1, records * AIM_NANOS / nanos);
    } else if (nanos < AIM_NANOS / 4) {
      records = Math.min(largest, records * 2);
    }
  }
}
