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
 * @param newest largest event time that its source has read, in ms; {@link Long#MIN_VALUE} if it
 *     has no source, or has read nothing
 * @param waiting what it waits for now
 * @param latencies how long batches took on their way to it from the tasks before
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
    long duplicated,
    long newest,
    Waiting waiting,
    Latencies latencies) {
  /** What keeps a task from going on. */
  public enum Waiting {
    /** Nothing. */
    NO,
    /** A split of its source that has nothing to read holds the watermark back. */
    FOR_INPUT,
    /** Those behind it have as much as they may hold. */
    FOR_CREDIT
  }

  /** Copies the list. */
  public TaskMetrics {
    processors = List.copyOf(processors);
  }

  /** Of a task without a source that waits for nothing. */
  public TaskMetrics(
      String taskId,
      int index,
      List<ProcessorMetrics> processors,
      long busyNanos,
      long blockedNanos,
      long watermark,
      long audited,
      long lost,
      long duplicated) {
    this(
        taskId,
        index,
        processors,
        busyNanos,
        blockedNanos,
        watermark,
        audited,
        lost,
        duplicated,
        Long.MIN_VALUE,
        Waiting.NO,
        Latencies.NONE);
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
