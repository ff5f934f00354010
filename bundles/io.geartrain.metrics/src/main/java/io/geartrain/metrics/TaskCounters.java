package io.geartrain.metrics;

import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import io.geartrain.metrics.TaskMetrics.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counters of one task. The task's thread publishes them once a turn, anybody reads them at any
 * time; each number is whole, but they need not be of the same moment.
 */
public final class TaskCounters {
  private static final int BUSY = 0;
  private static final int BLOCKED = 1;
  private static final int WATERMARK = 2;
  private static final int AUDITED = 3;
  private static final int LOST = 4;
  private static final int DUPLICATED = 5;
  private static final int NEWEST = 6;
  private static final int WAITING = 7;
  private static final int PROCESSORS = 8;

  private static final int IN = 0;
  private static final int OUT = 1;
  private static final int LATE = 2;
  private static final int DROPPED = 3;
  private static final int OF_PROCESSOR = 4;

  private static final Waiting[] WAITINGS = Waiting.values();

  private final String taskId;
  private final int index;
  private final List<String> processors;
  private final AtomicLongArray values;

  /** Made with the first latency: a task of a source has none. */
  private volatile LatencyHistogram latencies;

  /**
   * Counters of a task, all zero.
   *
   * @param taskId chain and index
   * @param index which of the chain's tasks
   * @param processors ids of the chain's steps, first to last
   */
  public TaskCounters(String taskId, int index, List<String> processors) {
    this.taskId = taskId;
    this.index = index;
    this.processors = List.copyOf(processors);
    this.values = new AtomicLongArray(PROCESSORS + OF_PROCESSOR * processors.size());
    values.setOpaque(WATERMARK, Long.MIN_VALUE);
    values.setOpaque(NEWEST, Long.MIN_VALUE);
  }

  /** Publishes how many records came into and left the chain's n-th step so far. */
  public void records(int processor, long in, long out) {
    values.setOpaque(at(processor, IN), in);
    values.setOpaque(at(processor, OUT), out);
  }

  /** Publishes how many records were too late for any window, and how many of those dropped. */
  public void late(int processor, long late, long dropped) {
    values.setOpaque(at(processor, LATE), late);
    values.setOpaque(at(processor, DROPPED), dropped);
  }

  /** Records how long a batch took on its way to the task; by the task's thread. */
  public void latency(long nanos) {
    LatencyHistogram all = latencies;
    if (all == null) {
      latencies = all = new LatencyHistogram();
    }
    all.record(nanos);
  }

  /** Publishes how the time was spent so far. */
  public void time(long busyNanos, long blockedNanos) {
    values.setOpaque(BUSY, busyNanos);
    values.setOpaque(BLOCKED, blockedNanos);
  }

  /** Publishes the watermark of the task's input, in ms. */
  public void watermark(long watermarkMs) {
    values.setOpaque(WATERMARK, watermarkMs);
  }

  /** Publishes the largest event time that the task's source has read, in ms. */
  public void newest(long timestamp) {
    values.setOpaque(NEWEST, timestamp);
  }

  /** Publishes what the task waits for. */
  public void waiting(Waiting what) {
    values.setOpaque(WAITING, what.ordinal());
  }

  /** Publishes how many records came as they were sent, were lost, or came twice. */
  public void audit(long audited, long lost, long duplicated) {
    values.setOpaque(AUDITED, audited);
    values.setOpaque(LOST, lost);
    values.setOpaque(DUPLICATED, duplicated);
  }

  /** The numbers now. */
  public TaskMetrics snapshot() {
    LatencyHistogram all = latencies;
    List<ProcessorMetrics> steps = new ArrayList<>();
    for (int i = 0; i < processors.size(); i++) {
      steps.add(
          new ProcessorMetrics(
              processors.get(i),
              values.getOpaque(at(i, IN)),
              values.getOpaque(at(i, OUT)),
              values.getOpaque(at(i, LATE)),
              values.getOpaque(at(i, DROPPED))));
    }
    return new TaskMetrics(
        taskId,
        index,
        steps,
        values.getOpaque(BUSY),
        values.getOpaque(BLOCKED),
        values.getOpaque(WATERMARK),
        values.getOpaque(AUDITED),
        values.getOpaque(LOST),
        values.getOpaque(DUPLICATED),
        values.getOpaque(NEWEST),
        WAITINGS[(int) values.getOpaque(WAITING)],
        all == null ? Latencies.NONE : all.copy());
  }

  private static int at(int processor, int counter) {
    return PROCESSORS + OF_PROCESSOR * processor + counter;
  }
}
