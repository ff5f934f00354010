package io.geartrain.plan.internal;

import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorSupplier;

/**
 * Makes processors that keep nothing in checkpoints: they only call a function.
 *
 * @param processors makes them
 */
public record Stateless<I, O>(ProcessorSupplier<I, O> processors)
    implements ProcessorSupplier<I, O> {
  @Override
  public Processor<I, O> get() {
    return processors.get();
  }
}
