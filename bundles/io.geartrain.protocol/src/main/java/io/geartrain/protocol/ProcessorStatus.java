package io.geartrain.protocol;

/**
 * One step of a running application, over all of its tasks.
 *
 * @param id of the step
 * @param kind SOURCE, OPERATOR or SINK
 * @param parallelism how many tasks
 * @param chain index of the chain it is fused into
 * @param recordsIn since start
 * @param recordsOut since start
 * @param inPerSecond over the last second
 * @param outPerSecond over the last second
 * @param busyPercent share of the last second spent working, mean of the tasks
 * @param blockedPercent share of the last second spent waiting for credit, mean of the tasks
 * @param watermark the least of the tasks, event time in ms; null before the first
 * @param audit of the records that came to it by channels since the app master began; null if none
 *     can: it is a source, or fused to the step before it
 * @param recordsLate that came too late for any window, since start
 * @param recordsDropped those of them that no stream takes
 */
public record ProcessorStatus(
    String id,
    String kind,
    int parallelism,
    int chain,
    long recordsIn,
    long recordsOut,
    double inPerSecond,
    double outPerSecond,
    double busyPercent,
    double blockedPercent,
    Long watermark,
    AuditStatus audit,
    long recordsLate,
    long recordsDropped) {
  /** A step of which is known what its records count, and no more. */
  public ProcessorStatus(
      String id,
      String kind,
      int parallelism,
      int chain,
      long recordsIn,
      long recordsOut,
      double inPerSecond,
      double outPerSecond,
      double busyPercent,
      double blockedPercent,
      Long watermark) {
    this(
        id,
        kind,
        parallelism,
        chain,
        recordsIn,
        recordsOut,
        inPerSecond,
        outPerSecond,
        busyPercent,
        blockedPercent,
        watermark,
        null,
        0,
        0);
  }
}
