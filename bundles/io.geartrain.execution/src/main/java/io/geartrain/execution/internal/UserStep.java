package io.geartrain.execution.internal;

/** A step with outputs which calls the user's functions; on the task's thread. */
abstract class UserStep extends Step {
  /** A call of the user's code. */
  @FunctionalInterface
  interface Call {
    void run() throws Exception;
  }

  private final Outlets outlets;
  private final FailureLatch failures;
  private long in;

  UserStep(String id, Outlets outlets, FailureLatch failures) {
    super(id);
    this.outlets = outlets;
    this.failures = failures;
  }

  @Override
  void open() {}

  @Override
  final void process(Object value, long timestamp) {
    in++;
    outlets.timestamp(timestamp);
    try {
      onRecord(value, timestamp);
    } catch (Throwable e) {
      throw failures.note(id(), value, timestamp, e);
    }
  }

  @Override
  final void watermark(long watermarkMs) {
    outlets.timestamp(watermarkMs);
    guarded(() -> onWatermark(watermarkMs));
    outlets.watermark(watermarkMs);
  }

  @Override
  final void end() {
    outlets.timestamp(Long.MAX_VALUE);
    guarded(
        () -> {
          onWatermark(Long.MAX_VALUE);
          onEnd();
        });
    outlets.end();
  }

  @Override
  void close() throws Exception {}

  @Override
  final long recordsIn() {
    return in;
  }

  @Override
  final long recordsOut() {
    return outlets.records();
  }

  /** A record came in. */
  abstract void onRecord(Object value, long timestamp) throws Exception;

  /** What came in as one stands for more records than that. */
  final void countIn(long more) {
    in += more;
  }

  /** Event time moved on; {@link Long#MAX_VALUE} at the end of input. */
  void onWatermark(long watermarkMs) throws Exception {}

  /** All input has ended. */
  void onEnd() throws Exception {}

  final Outlets outlets() {
    return outlets;
  }

  /** Calls the user's code outside of any record. */
  final void guarded(Call call) {
    try {
      call.run();
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
    failures.check();
  }
}
