package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Folds records into an accumulator. {@link #add} and {@link #merge} may change and return the
 * accumulator that they are given.
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

  /** The accumulator of both parts. */
  A merge(A left, A right) throws Exception;

  /** The result so far; must not share mutable state with the accumulator. */
  R result(A accumulator) throws Exception;
}
