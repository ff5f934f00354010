package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes the keyed processor of one task. */
@ConsumerType
@FunctionalInterface
public interface KeyedProcessorSupplier<K, I, O> {
  /** A new instance, shared with nobody. */
  KeyedProcessor<K, I, O> get();
}
