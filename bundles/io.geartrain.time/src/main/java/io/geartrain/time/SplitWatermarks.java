package io.geartrain.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The watermark of a source's task: the least of those of its splits. A split that has been idle
 * for long is left out until it has data again. Times are in ms; the clock is looked at only where
 * it matters how long a split has been idle.
 */
public final class SplitWatermarks {
  /** What is known of one split. */
  public static final class Split {
    private final LongSupplier clock;
    private long largest = Long.MIN_VALUE;
    private boolean idle;
    private long idleSince;

    private Split(LongSupplier clock) {
      this.clock = clock;
    }

    /** A record came. */
    public void observe(long timestamp) {
      if (timestamp > largest) {
        largest = timestamp;
      }
      idle = false;
    }

    /** There is nothing to read now. */
    public void idle() {
      if (!idle) {
        idle = true;
        idleSince = clock.getAsLong();
      }
    }
  }

  private final long latenessMs;
  private final long idleAfterMs;
  private final LongSupplier clock;
  private final List<Split> splits = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;
  private boolean waiting;
  private boolean idle;

  /**
   * No split yet.
   *
   * @param latenessMs by how much a record may be older than one before it
   * @param idleAfterMs after how long without data a split is left out; 0 = never
   * @param clock now, in ms; any origin
   */
  public SplitWatermarks(long latenessMs, long idleAfterMs, LongSupplier clock) {
    this.latenessMs = latenessMs;
    this.idleAfterMs = idleAfterMs;
    this.clock = clock;
  }

  /** A split that will be read; until it has data, or is idle, nothing is known of event time. */
  public Split add() {
    Split split = new Split(clock);
    splits.add(split);
    return split;
  }

  /** A split that has ended. */
  public void remove(Split split) {
    splits.remove(split);
  }

  /** The watermark; never falls. {@link Long#MIN_VALUE} while nothing is known. */
  public long current() {
    long least = Long.MAX_VALUE;
    boolean leastHasNothing = true;
    boolean allLeftOut = !splits.isEmpty();
    for (int i = 0; i < splits.size(); i++) {
      Split split = splits.get(i);
      newest = Math.max(newest, split.largest);
      if (!leftOut(split)) {
        allLeftOut = false;
        if (split.largest < least) {
          least = split.largest;
          leastHasNothing = split.idle;
        }
      }
    }
    waiting = leastHasNothing;
    idle = allLeftOut;
    if (allLeftOut) {
      least = newest;
    }
    if (least != Long.MIN_VALUE && least != Long.MAX_VALUE) {
      watermark = Math.max(watermark, Saturated.minus(least - 1, latenessMs));
    }
    return watermark;
  }

  /** The largest event time of all splits when {@link #current} was asked for last. */
  public long newest() {
    return newest;
  }

  /** Whether the watermark waited then for a split that has nothing to read. */
  public boolean isWaiting() {
    return waiting;
  }

  /** Whether all splits were left out then: nobody should wait for this task's event time. */
  public boolean isIdle() {
    return idle;
  }

  private boolean leftOut(Split split) {
    return idleAfterMs > 0 && split.idle && clock.getAsLong() - split.idleSince >= idleAfterMs;
  }
}
