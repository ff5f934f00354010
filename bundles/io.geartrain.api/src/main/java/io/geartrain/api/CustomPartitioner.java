package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Chooses the receiving task of a record. */
@ConsumerType
@FunctionalInterface
public interface CustomPartitioner<T> {
  /**
   * The receiving task.
   *
   * @param parallelism how many there are
   * @return from 0 to {@code parallelism - 1}; anything else fails the application
   */
  int partition(T value, int parallelism) throws Exception;
}
