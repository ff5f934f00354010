package io.geartrain.connector.generator;

import java.util.function.LongSupplier;

/**
 * When the records of one split are due, counted from its opening. Owned by the thread of its task.
 */
final class Pace {
  /** The rate of one that has none: all records are due at once. */
  static final double UNLIMITED = Double.POSITIVE_INFINITY;

  private final LongSupplier nanoClock;
  private final double apartNanos;
  private final double firstNanos;
  private final long openedNanos;
  private long made;

  /**
   * The pace of a split that is opened now.
   *
   * @param perSecond records a second over all splits
   * @param splits how many share the rate
   * @param waitNanos how long the first record is to wait, at most until its turn in this rate
   */
  Pace(LongSupplier nanoClock, double perSecond, int splits, long waitNanos) {
    this.nanoClock = nanoClock;
    this.apartNanos = nanosFor(splits, perSecond);
    this.firstNanos = Math.min(waitNanos, apartNanos);
    this.openedNanos = nanoClock.getAsLong();
  }

  /** How long it takes to give so many records, in ns. */
  static double nanosFor(long records, double perSecond) {
    return records * 1e9 / perSecond;
  }

  /** How many records are due, at most so many. */
  int due(int max) {
    if (apartNanos == 0) {
      return max;
    }
    long elapsed = nanoClock.getAsLong() - openedNanos;
    int due = 0;
    while (due < max && dueAt(made + due) <= elapsed) {
      due++;
    }
    return due;
  }

  /** So many were made. */
  void made(int records) {
    made += records;
  }

  /** How long it is until the next record is due, in ns; 0 if it is. */
  long waitNanos() {
    long elapsed = nanoClock.getAsLong() - openedNanos;
    return Math.max(0, dueAt(made) - elapsed);
  }

  private long dueAt(long record) {
    return (long) (firstNanos + record * apartNanos);
  }
}
