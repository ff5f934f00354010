package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Turns a record into any number of others. */
@ConsumerType
@FunctionalInterface
public interface FlatMapFunction<T, R> {
  /** Emits the new records; the emitter is good for this call only. */
  void flatMap(T value, Emitter<R> out) throws Exception;
}
