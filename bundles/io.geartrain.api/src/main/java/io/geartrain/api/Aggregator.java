package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Folds records into an accumulator. {@link #add}, {@link #merge} and {@link #subtract} may change
 * and return the first accumulator that they are given, never the second.
 *
 * @param <T> type of the records
 * @param <A> type of the accumulator
 * @param <R> type of the result
 */
@ConsumerType
public interface Aggregator<T, A, R> {
  /** An accumulator that has seen nothing. */
  A create();

  /** The accumulator with one more record. */
  A add(A accumulator, T value) throws Exception;

  /** The accumulator of both parts; {@code left} holds the earlier records. */
  A merge(A left, A right) throws Exception;

  /** The result so far; must not share mutable state with the accumulator. */
  R result(A accumulator) throws Exception;

  /**
   * True if an accumulator stays about as small as a record, however many it has seen. Then the
   * records of a window are folded before they are sent to the task that owns their key, which is
   * sent the accumulators instead, and merges them.
   */
  default boolean compact() {
    return false;
  }

  /** True if {@link #subtract} undoes {@link #merge}; makes sliding windows cheaper. */
  default boolean invertible() {
    return false;
  }

  /** The accumulator without a part that was merged into it; only if {@link #invertible}. */
  default A subtract(A from, A part) throws Exception {
    throw new UnsupportedOperationException(getClass() + " is not invertible");
  }
}
