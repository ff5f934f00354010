package io.geartrain.execution.internal;

/** A step with outputs which calls the user's functions; on the task's thread. */
abstract class UserStep extends Step {
  /** After so much work that event time or the clock has set free, others have their turns. */
  private static final int AT_A_TIME = 1_024;

  /** A call of the user's code. */
  @FunctionalInterface
  interface Call {
    void run() throws Exception;
  }

  /** The same, with an answer. */
  @FunctionalInterface
  private interface Question {
    boolean ask() throws Exception;
  }

  private final Outlets outlets;
  private final FailureLatch failures;
  private long in;
  private int worked;

  /** Event time up to which all was done here. */
  private long through = Long.MIN_VALUE;

  private boolean ended;

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
  final boolean watermark(long watermarkMs) {
    return comesTo(watermarkMs) && outlets.watermark(watermarkMs);
  }

  private boolean comesTo(long watermarkMs) {
    if (watermarkMs > through) {
      outlets.timestamp(watermarkMs);
      if (!asked(() -> onWatermark(watermarkMs))) {
        return false;
      }
      through = watermarkMs;
    }
    return true;
  }

  @Override
  final boolean end() {
    if (!ended) {
      if (!comesTo(Long.MAX_VALUE)) {
        return false;
      }
      outlets.timestamp(Long.MAX_VALUE);
      if (!asked(this::onEnd)) {
        return false;
      }
      ended = true;
    }
    return outlets.end();
  }

  /** Whether a step may do one more thing that event time or the clock has set free. */
  final boolean mayGoOn() {
    return !outlets.areExhausted() && ++worked % AT_A_TIME != 0;
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

  /**
   * Event time moved on; {@link Long#MAX_VALUE} at the end of input.
   *
   * @return whether all is done; if not, because {@link #mayGoOn} said so, it is called again
   */
  boolean onWatermark(long watermarkMs) throws Exception {
    return true;
  }

  /** All input has ended; the answer is as that of {@link #onWatermark}. */
  boolean onEnd() throws Exception {
    return true;
  }

  final Outlets outlets() {
    return outlets;
  }

  /** Calls the user's code outside of any record. */
  final void guarded(Call call) {
    asked(
        () -> {
          call.run();
          return true;
        });
  }

  private boolean asked(Question question) {
    boolean answer;
    try {
      answer = question.ask();
    } catch (Throwable e) {
      throw failures.note(id(), null, null, e);
    }
    failures.check();
    return answer;
  }
}
