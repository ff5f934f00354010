package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/** Timers of the current key; one for each time and domain, however often it is set. */
@ProviderType
public interface Timers {
  /** What a timer waits for. */
  enum Domain {
    /** The watermark. */
    EVENT_TIME,
    /** The clock of the machine. */
    PROCESSING_TIME
  }

  /** The watermark of the input, in ms; {@link Watermark#MAX} at the end of input. */
  long watermark();

  /** The clock of the machine, in ms since 1970. */
  long processingTime();

  /**
   * Calls back when the watermark has passed {@code timestamp}, in ms. At the end of input all
   * timers ring that are set then; one that is set only then, by {@link KeyedProcessor#onTimer}
   * say, does not ring any more.
   */
  void onEventTime(long timestamp);

  /** Calls back when the clock has passed {@code timestamp}, in ms since 1970. */
  void onProcessingTime(long timestamp);

  /** Takes a timer of event time back, if it is set. */
  void cancelEventTime(long timestamp);

  /** Takes a timer of processing time back, if it is set. */
  void cancelProcessingTime(long timestamp);
}
