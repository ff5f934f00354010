package io.geartrain.api;

/** What a poll of a split tells about the next one. */
public sealed interface ReadStatus {
  /** There may be more right now. */
  ReadStatus MORE = new More();

  /** The split has ended. */
  ReadStatus END = new End();

  /** Nothing now; ask again after so many milliseconds. */
  static ReadStatus idle(long retryAfterMs) {
    return new Idle(retryAfterMs);
  }

  /** There may be more right now. */
  record More() implements ReadStatus {}

  /** Nothing before so many milliseconds have passed. */
  record Idle(long retryAfterMs) implements ReadStatus {}

  /** The split has ended. */
  record End() implements ReadStatus {}
}
