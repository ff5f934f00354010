package io.geartrain.execution.internal;

/** Hands records to one step fused behind, by a direct call. On the task's thread. */
final class StepOutlet extends Outlet {
  private final Step next;

  StepOutlet(String processorId, Step next) {
    super(processorId);
    this.next = next;
  }

  @Override
  void deliver(Object value, long at) {
    next.process(value, at);
  }

  /** The step has no other input. */
  @Override
  long records() {
    return next.recordsIn();
  }

  @Override
  boolean watermark(long watermarkMs) {
    return next.watermark(watermarkMs);
  }

  @Override
  boolean end() {
    return next.end();
  }
}
