package io.geartrain.execution.internal;

/** How many records are processed between two looks at the clock: fewer where they are slow. */
public final class Slice {
  private static final long AIM_NANOS = 50_000;

  private final int largest;
  private int records = 1;

  /** Begins with one record. */
  public Slice(int largest) {
    this.largest = largest;
  }

  /** How many records to process next. */
  public int records() {
    return records;
  }

  /** Learns from a slice that took so long. */
  public void took(long nanos) {
    if (nanos > AIM_NANOS) {
      records = (int) Math.max(1, records * AIM_NANOS / nanos);
    } else if (nanos < AIM_NANOS / 4) {
      records = Math.min(largest, records * 2);
    }
  }
}
