package io.geartrain.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that moves when told to; begins at 1970-01-01T00:00Z. The clock of one run may be given
 * to user code that asks for a {@link Clock}, before its start by {@link TopologyTest#clock}. One
 * thread.
 */
public final class ManualClock extends Clock {
  private final ZoneId zone;
  private final long[] nanos;

  /** A clock at 1970. */
  public ManualClock() {
    this(ZoneOffset.UTC, new long[1]);
  }

  private ManualClock(ZoneId zone, long[] nanos) {
    this.zone = zone;
    this.nanos = nanos;
  }

  /**
   * Moves on. To let a run follow, use {@link TopologyRun#advance} instead.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a clock can't go back by " + time);
    }
    nanos[0] += time.toNanos();
  }

  void advanceNanos(long time) {
    nanos[0] += time;
  }

  long nanos() {
    return nanos[0];
  }

  @Override
  public long millis() {
    return nanos[0] / 1_000_000;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, nanos[0]);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock, read in another zone; both move together. */
  @Override
  public Clock withZone(ZoneId other) {
    return new ManualClock(other, nanos);
  }

  @Override
  public String toString() {
    return "ManualClock[" + instant() + "]";
  }
}
