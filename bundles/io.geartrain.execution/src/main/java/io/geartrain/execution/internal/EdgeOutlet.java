package io.geartrain.execution.internal;

import io.geartrain.channel.EdgeWriter;

/** Hands records to the channels of one edge. On the task's thread. */
final class EdgeOutlet extends Outlet {
  private final String processorId;
  private final EdgeWriter writer;
  private final FailureLatch failures;
  private long records;
  private boolean ended;

  EdgeOutlet(String processorId, EdgeWriter writer, FailureLatch failures) {
    super(processorId);
    this.processorId = processorId;
    this.writer = writer;
    this.failures = failures;
  }

  @Override
  void deliver(Object value, long at) {
    records++;
    try {
      writer.emit(value, at);
    } catch (Throwable e) {
      throw failures.note(processorId, value, at, e);
    }
  }

  @Override
  long records() {
    return records;
  }

  @Override
  boolean watermark(long watermarkMs) {
    writer.watermark(watermarkMs);
    return true;
  }

  @Override
  boolean end() {
    if (!ended) {
      ended = true;
      writer.end();
    }
    return true;
  }
}
