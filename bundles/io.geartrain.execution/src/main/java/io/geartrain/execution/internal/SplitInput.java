package io.geartrain.execution.internal;

import io.geartrain.api.Emitter;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.time.Saturated;
import io.geartrain.time.SourcePace;
import io.geartrain.time.SplitWatermarks;
import java.util.concurrent.TimeUnit;

/** One open split of a source; on the task's thread. */
final class SplitInput {
  private static final long LONGEST_IDLE_MS = TimeUnit.HOURS.toMillis(1);

  /** A split may be ahead by what it gives in so many polls, at the least. */
  private static final int POLLS_AHEAD = 8;

  private final SourceSplit split;
  private final SplitReader<Object> reader;
  private final SplitWatermarks.Split watermark;
  private final SourcePace.Runner pace;
  private final Demand demand;
  private long dueNanos;
  private boolean ended;
  private int polls;
  private boolean idle;

  /** By how much event time the last poll went on. */
  private long lastPollMs;

  SplitInput(
      SourceSplit split,
      SplitReader<Object> reader,
      SplitWatermarks.Split watermark,
      Demand demand,
      SourcePace.Runner pace,
      long nowNanos) {
    if (reader == null) {
      throw new NullPointerException("open() of the split '" + split.id() + "' gave null");
    }
    this.split = split;
    this.reader = reader;
    this.watermark = watermark;
    this.demand = demand;
    this.pace = pace;
    this.dueNanos = nowNanos;
  }

  /** Reads some records, at most so many. */
  void poll(Emitter<Object> out, int max, long nowNanos) throws Exception {
    polls++;
    ReadStatus status = reader.poll(out, demand.ask(max));
    idle = false;
    if (status instanceof ReadStatus.Idle nothing) {
      idle = true;
      long waitMs = Math.min(LONGEST_IDLE_MS, Math.max(1, nothing.retryAfterMs()));
      dueNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(waitMs);
    } else if (status instanceof ReadStatus.End) {
      ended = true;
    } else if (status == null) {
      throw new NullPointerException("poll() of the split '" + split.id() + "' returned null");
    } else {
      dueNanos = nowNanos;
    }
  }

  /** What is left to read; null if the reader can't tell. */
  SourceSplit remaining() throws Exception {
    SourceSplit left = reader.remaining();
    if (left != null && !left.id().equals(split.id())) {
      throw new IllegalStateException(
          "remaining() of the split '%s' gave one with another id, '%s'"
              .formatted(split.id(), left.id()));
    }
    return left;
  }

  /** What is known of its event time. */
  SplitWatermarks.Split watermark() {
    return watermark;
  }

  /** How many records it is asked for. */
  Demand demand() {
    return demand;
  }

  /** A poll has given so many records, and come to this event time if it gave any. */
  void polled(long newest, int given) {
    long before = pace.time();
    lastPollMs = before == Long.MIN_VALUE || newest <= before ? 0 : Saturated.minus(newest, before);
    pace.polled(newest, given > 0 && !idle);
    demand.came(given);
  }

  /** Whether what the last poll gave should leave at once. */
  boolean isDry() {
    return demand.isDry();
  }

  boolean isHeld() {
    return pace.isWaiting();
  }

  /** Whether it has to wait for other splits in event time; they call back then. */
  boolean isAhead(long allowedMs) {
    long ahead = Math.min(lastPollMs, Long.MAX_VALUE / POLLS_AHEAD) * POLLS_AHEAD;
    return !pace.mayRead(Math.max(allowedMs, ahead));
  }

  boolean ended() {
    return ended;
  }

  /** Whether it has been polled so often without coming to its end; the next turn begins then. */
  boolean turnIsOver(int most) {
    boolean over = polls >= most && !ended;
    if (over) {
      polls = 0;
    }
    return over;
  }

  /** How long it is until the next read, 0 or less = it is due. */
  long waitNanos(long nowNanos) {
    return dueNanos - nowNanos;
  }

  void close() throws Exception {
    pace.leave();
    reader.close();
  }
}
