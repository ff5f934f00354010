package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Decides which records are kept. */
@ConsumerType
@FunctionalInterface
public interface FilterFunction<T> {
  /** True if the record is kept. */
  boolean keep(T value) throws Exception;
}
