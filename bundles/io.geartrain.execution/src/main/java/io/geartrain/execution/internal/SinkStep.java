package io.geartrain.execution.internal;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;

/** Runs the writer of a sink; on the task's thread. */
final class SinkStep extends Step {
  private final Sink<Object> sink;
  private final ProcessorContext context;
  private final FailureLatch failures;
  private SinkWriter<Object> writer;
  private long written;

  SinkStep(Sink<Object> sink, ProcessorContext context, FailureLatch failures) {
    super(context.processorId());
    this.sink = sink;
    this.context = context;
    this.failures = failures;
  }

  @Override
  void open() {
    try {
      writer = sink.open(context);
      if (writer == null) {
        throw new NullPointerException("open() of the sink gave null");
      }
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
  }

  @Override
  void process(Object value, long timestamp) {
    try {
      writer.write(value, timestamp);
    } catch (Throwable e) {
      throw failures.note(id(), value, timestamp, e);
    }
    written++;
  }

  @Override
  void watermark(long watermarkMs) {}

  @Override
  void end() {
    try {
      writer.finish();
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
  }

  @Override
  void close() throws Exception {
    SinkWriter<Object> open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  long recordsIn() {
    return written;
  }

  @Override
  long recordsOut() {
    return written;
  }
}
