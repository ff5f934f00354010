package io.geartrain.protocol;

/**
 * How one step of a running application does, over all of its tasks.
 *
 * @param audit of the records that came to it by channels since the app master began; null if none
 *     can: it is a source, or fused to the step before it
 * @param recordsLate that came too late for any window, since start
 * @param recordsDropped those of them that no stream takes
 * @param lagMs how far the watermark is behind the newest event time of the sources; null where one
 *     of them is not known, or the watermark is at the end
 * @param latency how long records take on their way to it; null if none came by a channel lately
 */
public record ProcessorHealth(
    AuditStatus audit, long recordsLate, long recordsDropped, Long lagMs, LatencyStatus latency) {
  /** Of a step of which nothing is known. */
  public static final ProcessorHealth NONE = new ProcessorHealth(null, 0, 0, null, null);
}
