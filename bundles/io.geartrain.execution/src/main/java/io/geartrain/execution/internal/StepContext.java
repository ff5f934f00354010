package io.geartrain.execution.internal;

import io.geartrain.api.Emitter;
import io.geartrain.api.OutputTag;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Settings;

/** What a step knows of itself; the outputs are null where the step has none. */
record StepContext(
    String applicationId,
    String processorId,
    int taskIndex,
    int parallelism,
    Settings settings,
    Outlets outputs)
    implements ProcessorContext {
  @Override
  public <R> Emitter<R> output(OutputTag<R> tag) {
    if (outputs == null) {
      throw new IllegalStateException("step '" + processorId + "' has no side outputs");
    }
    return outputs.emitter(tag);
  }
}
