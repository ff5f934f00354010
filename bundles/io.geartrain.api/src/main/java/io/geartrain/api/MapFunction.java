package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Turns a record into one other. */
@ConsumerType
@FunctionalInterface
public interface MapFunction<T, R> {
  /** The new record; not null. */
  R map(T value) throws Exception;
}
