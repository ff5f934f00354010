package io.geartrain.metrics;

import java.util.List;

/**
 * The counters of one task at one moment; plain data. All of them only grow.
 *
 * @param taskId chain and index: {@code lines/0}
 * @param index which of the chain's tasks, from 0
 * @param processors the chain's steps, first to last
 * @param busyNanos time spent working, since start
 * @param blockedNanos time spent waiting for credit, since start
 * @param watermark of the task's input, event time in ms; {@link Long#MIN_VALUE} before the first
 * @param audited records of which the receiver has as many as were sent
 * @param lost records that were sent and did not come
 * @param duplicated records that came more often than they were sent
 */
public record TaskMetrics(
    String taskId,
    int index,
    List<ProcessorMetrics> processors,
    long busyNanos,
    long blockedNanos,
    long watermark,
    long audited,
    long lost,
    long duplicated) {
  /** Copies the list. */
  public TaskMetrics {
    processors = List.copyOf(processors);
  }

  /**
   * One step of the chain.
   *
   * @param processorId id of the step
   * @param recordsIn since start
   * @param recordsOut since start
   * @param recordsLate that came too late for any window, since start
   * @param recordsDropped those of them that no stream takes
   */
  public record ProcessorMetrics(
      String processorId, long recordsIn, long recordsOut, long recordsLate, long recordsDropped) {
    /** Of a step without late records. */
    public ProcessorMetrics(String processorId, long recordsIn, long recordsOut) {
      this(processorId, recordsIn, recordsOut, 0, 0);
    }
  }
}
