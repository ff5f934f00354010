package io.geartrain.execution.internal;

import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;

/** Runs a processor; on the task's thread. */
final class OperatorStep extends UserStep {
  private final Processor<Object, Object> processor;
  private final ProcessorContext context;
  private final TaskState state;
  private boolean opened;

  OperatorStep(
      Processor<Object, Object> processor,
      ProcessorContext context,
      TaskState state,
      Outlets outlets,
      FailureLatch failures) {
    super(context.processorId(), outlets, failures);
    this.processor = processor;
    this.context = context;
    this.state = state;
  }

  @Override
  void open() {
    opened = true;
    guarded(() -> processor.open(context));
    if (state.isRestored()) {
      guarded(() -> processor.restore(state.reader(id())));
    }
  }

  @Override
  void snapshot(TaskSnapshot to) {
    guarded(() -> processor.snapshot((name, value) -> TaskState.putUser(to, id(), name, value)));
  }

  @Override
  void onRecord(Object value, long timestamp) throws Exception {
    processor.process(value, timestamp, outlets().main());
  }

  @Override
  boolean onWatermark(long watermarkMs) throws Exception {
    processor.onWatermark(watermarkMs, outlets().main());
    return true;
  }

  @Override
  boolean onEnd() throws Exception {
    processor.onEnd(outlets().main());
    return true;
  }

  @Override
  void close() throws Exception {
    if (opened) {
      opened = false;
      processor.close();
    }
  }
}
