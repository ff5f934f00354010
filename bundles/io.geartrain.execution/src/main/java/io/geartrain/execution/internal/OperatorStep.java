package io.geartrain.execution.internal;

import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Watermark;

/** Runs a processor; on the task's thread. */
final class OperatorStep extends Step {
  private final Processor<Object, Object> processor;
  private final ProcessorContext context;
  private final Outlet out;
  private final FailureLatch failures;
  private boolean opened;
  private long in;

  OperatorStep(
      Processor<Object, Object> processor,
      ProcessorContext context,
      Outlet out,
      FailureLatch failures) {
    super(context.processorId());
    this.processor = processor;
    this.context = context;
    this.out = out;
    this.failures = failures;
  }

  @Override
  void open() {
    opened = true;
    try {
      processor.open(context);
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
  }

  @Override
  void process(Object value, long timestamp) {
    in++;
    out.timestamp(timestamp);
    try {
      processor.process(value, timestamp, out);
    } catch (Throwable e) {
      throw failures.note(id(), value, timestamp, e);
    }
  }

  @Override
  void watermark(long watermarkMs) {
    onWatermark(watermarkMs);
    out.watermark(watermarkMs);
  }

  @Override
  void end() {
    onWatermark(Watermark.MAX);
    try {
      processor.onEnd(out);
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
    failures.check();
    out.end();
  }

  @Override
  void close() throws Exception {
    if (opened) {
      opened = false;
      processor.close();
    }
  }

  @Override
  long recordsIn() {
    return in;
  }

  @Override
  long recordsOut() {
    return out.records();
  }

  private void onWatermark(long watermarkMs) {
    out.timestamp(watermarkMs);
    try {
      processor.onWatermark(watermarkMs, out);
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
    failures.check();
  }
}
