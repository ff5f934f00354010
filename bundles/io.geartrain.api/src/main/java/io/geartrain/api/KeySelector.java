package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes the key out of a record. */
@ConsumerType
@FunctionalInterface
public interface KeySelector<T, K> {
  /** The key; not null. */
  K key(T value) throws Exception;
}
