package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes the event time out of a record. */
@ConsumerType
@FunctionalInterface
public interface TimestampFunction<T> {
  /** Event time in ms since 1970. */
  long timestamp(T value) throws Exception;
}
