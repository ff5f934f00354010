package io.geartrain.execution.internal;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.Watermark;
import io.geartrain.channel.Batch;
import io.geartrain.channel.InputGate;
import io.geartrain.time.SourcePace;
import io.geartrain.time.SplitWatermarks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records of a source: reads the task's splits in turn, and gives out those only which it could not
 * hand on at once, for want of credit or time. Few splits are open at a time. More are opened where
 * all of these have nothing to read; and one that always has something yields its place to the next
 * after a while, and goes on from where it was when its turn comes again. On the task's thread.
 */
final class SourceInput implements TaskInput {
  private static final InputGate.Audit NOTHING_TO_AUDIT = new InputGate.Audit(0, 0, 0);
  private static final int OPEN_AT_A_TIME = 16;
  private static final int MOST_AT_ONCE = 16;

  /** After so many polls a split yields its place; most splits of files have come to their end. */
  private static final int POLLS_OF_A_TURN = 256;

  private static final long LONGEST_SLEEP_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Source<Object> source;
  private final ProcessorContext context;
  private final TaskClock clock;
  private final FailureLatch failures;
  private final SplitWatermarks watermarks;
  private final SourcePace pace;
  private final long aheadMs;
  private final SourceEmitter emitter;
  private final Slice straight;
  private final int max;
  private final Deque<Unopened> unopened = new ArrayDeque<>();
  private final List<SplitInput> open = new ArrayList<>();
  private int next;
  private boolean dry;
  private volatile boolean asleep;
  private volatile long asleepUntilNanos;

  SourceInput(
      Source<Object> source,
      Collection<SourceSplit> splits,
      ProcessorContext context,
      SourceEmitter emitter,
      SplitWatermarks watermarks,
      SourcePace pace,
      long aheadMs,
      TaskClock clock,
      FailureLatch failures,
      int max,
      boolean keepsNone) {
    this.source = source;
    this.watermarks = watermarks;
    this.pace = pace;
    this.aheadMs = aheadMs;
    splits.forEach(split -> unopened.add(new Unopened(split, watermarks.add(), new Demand())));
    this.context = context;
    this.clock = clock;
    this.failures = failures;
    this.emitter = emitter;
    this.straight = new Slice(keepsNone ? MOST_AT_ONCE * max : max);
    this.max = max;
  }

  @Override
  public void open() {}

  @Override
  public Batch poll() {
    asleep = false;
    long now = clock.lastNanos();
    SplitInput split = due(now);
    if (split == null) {
      sleep(now);
      return null;
    }
    try {
      emitter.begin(split.watermark(), straight.records());
      split.poll(emitter, Math.max(max, straight.records()), now);
      emitter.end();
      split.polled(emitter.newest(), emitter.given());
      dry = split.isDry();
      if (split.ended()) {
        open.remove(split);
        watermarks.remove(split.watermark());
        split.close();
      } else if (split.waitNanos(now) > 0) {
        split.watermark().idle();
      }
      if (!unopened.isEmpty() && split.turnIsOver(POLLS_OF_A_TURN)) {
        giveNextATurn(split, now);
      }
    } catch (Throwable e) {
      throw failures.note(context.processorId(), null, null, e);
    }
    failures.check();
    straight.took(clock.nanoTime() - now);
    return emitter.kept();
  }

  @Override
  public boolean dry() {
    return dry;
  }

  @Override
  public long release(Batch used) {
    used.clear();
    return ended() ? Watermark.MAX : watermarks.current();
  }

  @Override
  public long barrier(long wanted) {
    return wanted;
  }

  @Override
  public void snapshot(TaskSnapshot to) {
    String step = context.processorId();
    try {
      for (SplitInput split : open) {
        SourceSplit left = split.remaining();
        if (left == null) {
          to.fail(
              "source '%s' can't tell how far it is: its SplitReader must implement remaining()"
                  .formatted(step));
          return;
        }
        put(to, step, left);
      }
      unopened.forEach(next -> put(to, step, next.split()));
    } catch (Throwable e) {
      throw failures.note(step, null, null, e);
    }
  }

  private static void put(TaskSnapshot to, String step, SourceSplit split) {
    to.put(step, TaskState.SPLIT, List.of(split.id(), split.attributes()));
  }

  @Override
  public void goOn() {}

  @Override
  public InputGate.Audit audit() {
    return NOTHING_TO_AUDIT;
  }

  @Override
  public long newest() {
    return watermarks.newest();
  }

  @Override
  public boolean isWaiting() {
    return watermarks.isWaiting();
  }

  @Override
  public boolean isIdle() {
    return watermarks.isIdle();
  }

  @Override
  public boolean ended() {
    return open.isEmpty() && unopened.isEmpty() && emitter.kept().size() == 0;
  }

  @Override
  public boolean hasInput() {
    return !asleep || clock.nanoTime() - asleepUntilNanos >= 0;
  }

  @Override
  public void close() throws Exception {
    unopened.clear();
    Exception first = null;
    for (SplitInput split : open) {
      try {
        split.close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    open.clear();
    if (first != null) {
      throw first;
    }
  }

  private SplitInput due(long now) {
    if (open.size() < OPEN_AT_A_TIME && !unopened.isEmpty()) {
      return openNext(now);
    }
    boolean held = false;
    for (int i = 0; i < open.size(); i++) {
      next = next + 1 < open.size() ? next + 1 : 0;
      SplitInput split = open.get(next);
      if (split.waitNanos(now) <= 0) {
        if (aheadMs == 0 || !split.isAhead(aheadMs)) {
          return split;
        }
        held = true;
      }
    }
    return held || unopened.isEmpty() ? null : openNext(now);
  }

  /**
   * Opens the next split, in the place of one that is busy. One that is idle, or can't tell where
   * it is, stays open beside it: an idle one must be looked at to know for how long it has been so.
   */
  private void giveNextATurn(SplitInput busy, long now) throws Exception {
    SourceSplit left = busy.waitNanos(now) > 0 || emitter.given() == 0 ? null : busy.remaining();
    if (left != null) {
      open.remove(busy);
      busy.close();
      unopened.add(new Unopened(left, busy.watermark(), busy.demand()));
    }
    openNext(now);
  }

  private SplitInput openNext(long now) {
    Unopened next = unopened.remove();
    SourceSplit split = next.split();
    try {
      SplitInput opened =
          new SplitInput(
              split,
              source.open(split, context),
              next.watermark(),
              next.demand(),
              pace.enter(this::onReleased),
              now);
      open.add(opened);
      return opened;
    } catch (Throwable e) {
      throw failures.note(context.processorId(), null, null, e);
    }
  }

  private void sleep(long now) {
    if (!open.isEmpty()) {
      long wait = leastWait(now);
      asleepUntilNanos = wait == Long.MAX_VALUE ? now + LONGEST_SLEEP_NANOS : now + wait;
      asleep = true;
      if (wait != Long.MAX_VALUE) {
        clock.wakeIn(wait, now);
      }
      if (leastWait(now) <= 0) {
        asleep = false;
      }
    }
  }

  /** A split that was held may be read on. On the thread of whatever task it was ahead of. */
  private void onReleased() {
    asleep = false;
    clock.wake();
  }

  /** How long it is until a split is due that is not held; far off if all are held. */
  private long leastWait(long now) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < open.size(); i++) {
      if (!open.get(i).isHeld()) {
        least = Math.min(least, open.get(i).waitNanos(now));
      }
    }
    return least;
  }

  /** A split to be read, or read on; it holds the watermark where it is until then. */
  private record Unopened(SourceSplit split, SplitWatermarks.Split watermark, Demand demand) {}
}
