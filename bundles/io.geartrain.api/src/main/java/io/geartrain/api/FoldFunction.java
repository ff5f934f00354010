package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Adds a record to what has been folded so far. */
@ConsumerType
@FunctionalInterface
public interface FoldFunction<A, T> {
  /** The new value; may be the given one, changed. */
  A fold(A accumulator, T value) throws Exception;
}
