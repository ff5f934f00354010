package io.geartrain.api;

/** How records are grouped by event time. */
public sealed interface Window {
  /** One window over all time: its result leaves when the input has ended. */
  static Window global() {
    return new Global();
  }

  /** One window over all time. */
  record Global() implements Window {}
}
