package io.geartrain.execution.internal;

/** Passes on what the source's splits gave; on the task's thread. */
final class SourceStep extends Step {
  private final Outlet out;

  SourceStep(String id, Outlet out) {
    super(id);
    this.out = out;
  }

  @Override
  void open() {}

  @Override
  void process(Object value, long timestamp) {
    out.emit(value, timestamp);
  }

  @Override
  boolean watermark(long watermarkMs) {
    return out.watermark(watermarkMs);
  }

  @Override
  boolean end() {
    return out.end();
  }

  @Override
  void close() {}

  @Override
  long recordsIn() {
    return out.records();
  }

  @Override
  long recordsOut() {
    return out.records();
  }
}
