package io.geartrain.execution.internal;

import io.geartrain.api.Emitter;

/** Where a step's results go: to steps fused behind it and to channels. On the task's thread. */
abstract class Outlet implements Emitter<Object> {
  private final String processorId;
  private long timestamp;

  Outlet(String processorId) {
    this.processorId = processorId;
  }

  @Override
  public final void emit(Object value) {
    emit(value, timestamp);
  }

  @Override
  public final void emit(Object value, long at) {
    if (value == null) {
      throw new NullPointerException(
          "step '" + processorId + "' emitted null; filter such records out, or emit nothing");
    }
    deliver(value, at);
  }

  /** Sets the timestamp of records that are emitted without one. */
  final void timestamp(long now) {
    timestamp = now;
  }

  /** How many records were emitted. */
  abstract long records();

  abstract void deliver(Object value, long at);

  /** Tells those behind, as {@link Step#watermark}; may be told the same again. */
  abstract boolean watermark(long watermarkMs);

  /** Tells those behind, as {@link Step#end}; may be told again. */
  abstract boolean end();
}
