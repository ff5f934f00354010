package io.geartrain.execution;

import io.geartrain.channel.InputGate;
import io.geartrain.execution.internal.FusedChain;
import io.geartrain.execution.internal.TaskInput;
import io.geartrain.execution.internal.TaskSpec;
import io.geartrain.metrics.TaskCounters;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.Waiting;

/**
 * What a task tells of itself, brought up to date at the end of each turn: how its time is spent,
 * what it waits for, how far it is. On the task's thread, but for {@link #metrics}.
 */
final class TaskReport {
  private final TaskCounters counters;
  private long busyNanos;
  private long blockedNanos;
  private boolean blocked;
  private Waiting waiting = Waiting.NO;
  private long turnBegan;
  private long turnEnded;

  TaskReport(TaskSpec spec) {
    counters = new TaskCounters(spec.id(), spec.index(), spec.chain().processors());
  }

  /** What was told last. By anybody. */
  TaskMetrics metrics() {
    return counters.snapshot();
  }

  /** A turn begins. */
  void turnBegins(long nowNanos) {
    turnBegan = nowNanos;
    if (blocked) {
      blockedNanos += nowNanos - turnEnded;
    }
    waits(Waiting.NO);
  }

  /**
   * A turn ends.
   *
   * @param forCredit whether the task has no credit to go on
   */
  void turnEnds(long nowNanos, boolean forCredit) {
    blocked = forCredit;
    turnEnded = nowNanos;
    busyNanos += nowNanos - turnBegan;
  }

  /** A record came that was so long on its way from the task before. */
  void hop(long nanos) {
    counters.latency(nanos);
  }

  /**
   * Tells how far the task is.
   *
   * @param input null if it has none, for it had come to its end before
   * @param runs whether its input has not ended
   * @param idle whether nobody should wait for its event time
   */
  void publish(FusedChain chain, TaskInput input, long watermark, boolean runs, boolean idle) {
    chain.publish(counters);
    counters.watermark(watermark);
    counters.time(busyNanos, blockedNanos);
    if (input != null) {
      InputGate.Audit audit = input.audit();
      counters.audit(audit.audited(), audit.lost(), audit.duplicated());
      counters.newest(input.newest());
      waits(runs ? waitsFor(input, idle) : Waiting.NO);
    }
  }

  private Waiting waitsFor(TaskInput input, boolean idle) {
    if (blocked) {
      return Waiting.FOR_CREDIT;
    }
    if (idle) {
      return Waiting.IDLE;
    }
    return input.isWaiting() ? Waiting.FOR_INPUT : Waiting.NO;
  }

  /** Publishes what the task waits for between turns; within one, for nothing. */
  private void waits(Waiting what) {
    if (what != waiting) {
      waiting = what;
      counters.waiting(what);
    }
  }
}
