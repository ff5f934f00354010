package io.geartrain.execution;

import io.geartrain.api.Watermark;
import io.geartrain.execution.internal.FusedChain;

/**
 * The event time of a task. A newer watermark may set more free than there is credit for: then it
 * stays on its way through the chain, and the task takes in nothing before it is through. On the
 * task's thread, but for {@link #isUnderWay}.
 */
final class TaskWatermark {
  private FusedChain chain;
  private long watermark = Watermark.MIN;
  private boolean idle;
  private boolean willBeIdle;
  private boolean ends;
  private boolean underWay;

  /** The task begins at a watermark. */
  void begin(FusedChain through, long watermarkMs) {
    chain = through;
    watermark = watermarkMs;
  }

  /** The watermark of the task's input; the largest at and after the end. */
  long current() {
    return watermark;
  }

  /** Whether nobody should wait for this task's event time. */
  boolean isIdle() {
    return idle;
  }

  /** Whether it is not through; perhaps wrong if asked by another thread. */
  boolean isUnderWay() {
    return underWay;
  }

  /** Whether all input has ended, and the chain is through with that. */
  boolean hasEnded() {
    return ends && !underWay;
  }

  /**
   * The input has come so far. What has ended is told by {@link #end} only.
   *
   * @param inputIsIdle those behind hear of it once they have what the watermark sets free, which
   *     else might be late for them
   */
  void advance(long watermarkMs, boolean inputIsIdle) {
    if (watermarkMs > watermark && watermarkMs != Watermark.MAX) {
      watermark = watermarkMs;
      underWay = true;
    }
    willBeIdle = inputIsIdle;
    underWay |= willBeIdle != idle;
  }

  /** All input has ended. */
  void end() {
    ends = true;
    underWay = true;
  }

  /** Goes on through the chain, as far as there is credit and time for. */
  void go() {
    if (!(ends ? chain.end() : chain.watermark(watermark))) {
      return;
    }
    underWay = false;
    watermark = ends ? Watermark.MAX : watermark;
    if (willBeIdle != idle) {
      idle = willBeIdle;
      chain.idle(idle);
    }
  }
}
