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
 * @param health how it does
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
    ProcessorHealth health) {
  /** What an earlier version wrote down says less. */
  public ProcessorStatus {
    health = health == null ? ProcessorHealth.NONE : health;
  }

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
        ProcessorHealth.NONE);
  }
}
