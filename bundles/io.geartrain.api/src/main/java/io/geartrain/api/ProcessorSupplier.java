package io.geartrain.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes the processor of one task. */
@ConsumerType
@FunctionalInterface
public interface ProcessorSupplier<I, O> {
  /** A new instance, shared with nobody. */
  Processor<I, O> get();
}
