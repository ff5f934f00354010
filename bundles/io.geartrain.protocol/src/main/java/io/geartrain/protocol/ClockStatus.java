package io.geartrain.protocol;

import io.geartrain.metrics.TaskMetrics.Waiting;
import java.time.Instant;

/**
 * Where an application is in event time.
 *
 * @param watermark the least of its tasks, in ms; null while a task has none, {@link
 *     Long#MAX_VALUE} once all have ended
 * @param newest the largest event time that a source has read, in ms; null before the first
 * @param lagMs how far the watermark is behind that; null where one of them is not known, or the
 *     watermark is at the end
 * @param heldBy the task whose watermark it is, of several the first that records reach; null
 *     without a watermark and at the end
 * @param waiting what that task waits for
 * @param stalled the task that holds event time back: its watermark stays, though those before it
 *     have gone on; null if there is none
 * @param stalledSince when that was first seen; null if there is none
 */
public record ClockStatus(
    Long watermark,
    Long newest,
    Long lagMs,
    String heldBy,
    Waiting waiting,
    String stalled,
    Instant stalledSince) {
  /** Of an application of whose time nothing is known. */
  public static final ClockStatus NONE =
      new ClockStatus(null, null, null, null, Waiting.NO, null, null);
}
