package io.geartrain.api;

import java.util.Objects;

/**
 * How the records of a source get their event time, and how far they may be out of order.
 *
 * <p>Each split has a watermark of its own, its largest timestamp less the lateness; the source's
 * is the least of those of its splits, idle ones left out.
 *
 * @param timestamp takes the event time out of a record; null = the reader has set it
 * @param latenessMs by how many ms a record may be older than one before it in the same split
 * @param idleAfterMs after how many ms without data a split no longer holds the watermark back; 0 =
 *     never
 */
public record EventTime<T>(
    TimestampFunction<? super T> timestamp, long latenessMs, long idleAfterMs) {
  /** Checks the numbers. */
  public EventTime {
    if (latenessMs < 0 || idleAfterMs < 0) {
      throw new DefinitionException(
          "lateness and idle time must not be negative, but are %d ms and %d ms"
              .formatted(latenessMs, idleAfterMs));
    }
  }

  /** The reader's own timestamps, in order, never idle. */
  public static <T> EventTime<T> ofReader() {
    return new EventTime<>(null, 0, 0);
  }

  /** The same with a function of one's own. */
  public EventTime<T> with(TimestampFunction<? super T> function, long lateness) {
    return new EventTime<>(Objects.requireNonNull(function, "timestamp"), lateness, idleAfterMs);
  }
}
