package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes a whole number out of a record. */
@ConsumerType
@FunctionalInterface
public interface LongFunction<T> {
  /** The number. */
  long applyAsLong(T value) throws Exception;
}
