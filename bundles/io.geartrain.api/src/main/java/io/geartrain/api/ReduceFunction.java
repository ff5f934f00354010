package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Joins two records into one of the same type; associative. */
@ConsumerType
@FunctionalInterface
public interface ReduceFunction<T> {
  /** The one record that stands for both. */
  T reduce(T left, T right) throws Exception;
}
