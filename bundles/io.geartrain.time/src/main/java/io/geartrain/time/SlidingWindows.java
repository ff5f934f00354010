package io.geartrain.time;

import io.geartrain.api.Aggregator;

/**
 * The law of windows at regular distances for any key: a record costs one update of one slice,
 * however many windows overlap; a window costs few merges for each key that has records in it,
 * however many slices it has.
 *
 * <p>Windows of one slice are their slice. Otherwise, where the aggregator can subtract, a running
 * total gains the slices that come and loses those that go; where it can't, two stacks do the same
 * by merging alone.
 *
 * @param <T> type of the records
 * @param <A> type of the accumulators
 * @param <R> type of the results
 */
public final class SlidingWindows<T, A, R> {
  private final Slices slices;
  private final Aggregator<? super T, A, R> aggregator;

  /** Windows over these slices. */
  public SlidingWindows(Slices slices, Aggregator<? super T, A, R> aggregator) {
    this.slices = slices;
    this.aggregator = aggregator;
  }

  /**
   * Adds a record.
   *
   * @param sliceStart its slice
   * @param late whether a window that holds the slice was closed already
   */
  public void add(KeyWindows<A> windows, T value, long sliceStart, boolean late) throws Exception {
    int index = windows.find(sliceStart);
    if (index >= 0) {
      A before = windows.accumulator(index);
      A after = aggregator.add(before, value);
      if (after != before) {
        windows.accumulator(index, after);
      }
    } else {
      windows.insert(-index - 1, sliceStart, aggregator.add(aggregator.create(), value));
    }
    if (late) {
      windows.merged = null;
    }
  }

  /**
   * Adds an accumulator of several records, which is given away; as {@link #add}.
   *
   * @param sliceStart their slice
   * @param late whether a window that holds the slice was closed already
   */
  public void merge(KeyWindows<A> windows, A part, long sliceStart, boolean late) throws Exception {
    int index = windows.find(sliceStart);
    if (index >= 0) {
      A before = windows.accumulator(index);
      A after = aggregator.merge(before, part);
      if (after != before) {
        windows.accumulator(index, after);
      }
    } else {
      windows.insert(-index - 1, sliceStart, part);
    }
    if (late) {
      windows.merged = null;
    }
  }

  /** Whether a window has a record of the key. */
  public boolean has(KeyWindows<A> windows, long windowEnd) {
    long start = slices.windowStart(windowEnd);
    for (int i = 0; i < windows.size(); i++) {
      if (windows.start(i) >= start) {
        return windows.start(i) < windowEnd;
      }
    }
    return false;
  }

  /**
   * The result of a window, the windows of a key being asked for in the order of their ends. Only
   * if it has a record.
   */
  public R close(KeyWindows<A> windows, long windowEnd) throws Exception {
    long start = slices.windowStart(windowEnd);
    if (slices.perWindow() == 1) {
      return aggregator.result(windows.accumulator(windows.find(start)));
    }
    if (aggregator.invertible()) {
      return running(windows, start, windowEnd);
    }
    return stacked(windows, start, windowEnd);
  }

  /** The result of a window in any order, made of all its slices. Only if it has a record. */
  public R result(KeyWindows<A> windows, long windowEnd) throws Exception {
    long start = slices.windowStart(windowEnd);
    A all = aggregator.create();
    for (int i = 0; i < windows.size(); i++) {
      if (windows.start(i) >= start && windows.start(i) < windowEnd) {
        all = aggregator.merge(all, windows.accumulator(i));
      }
    }
    return aggregator.result(all);
  }

  /** Whether {@link #expire} would forget anything. */
  public boolean expires(KeyWindows<A> windows, long endedMs) {
    return windows.size() == 0 || windows.start(0) < firstKept(endedMs);
  }

  private long firstKept(long endedMs) {
    return slices.windowStart(slices.nextWindowEnd(endedMs));
  }

  /**
   * Forgets the slices whose last window ended at or before a time; whether none is left. Call it
   * after {@link #close} of every window up to then.
   */
  public boolean expire(KeyWindows<A> windows, long endedMs) throws Exception {
    long firstKept = firstKept(endedMs);
    if (windows.merged instanceof Running<A> running) {
      running.dropBefore(windows, firstKept, aggregator);
    }
    windows.dropBefore(firstKept);
    return windows.size() == 0;
  }

  private R running(KeyWindows<A> windows, long start, long end) throws Exception {
    if (!(windows.merged instanceof Running)) {
      windows.merged = new Running<>(aggregator.create(), start);
    }
    Running<A> running = (Running<A>) windows.merged;
    running.dropBefore(windows, start, aggregator);
    int next = windows.size();
    while (next > 0 && windows.start(next - 1) >= Math.max(running.to, start)) {
      next--;
    }
    for (; next < windows.size() && windows.start(next) < end; next++) {
      running.total = aggregator.merge(running.total, windows.accumulator(next));
    }
    running.to = end;
    return aggregator.result(running.total);
  }

  private R stacked(KeyWindows<A> windows, long start, long end) throws Exception {
    if (!(windows.merged instanceof Stacks)) {
      windows.merged = new Stacks<>(start);
    }
    Stacks<A> stacks = (Stacks<A>) windows.merged;
    stacks.advance(windows, start, end, aggregator);
    return aggregator.result(stacks.all(aggregator));
  }

  /** The total of the slices from {@code from} up to {@code to}. */
  private static final class Running<A> implements KeyWindows.Merged<A> {
    private A total;
    private long from;
    private long to;

    Running(A total, long from) {
      this.total = total;
      this.from = from;
      this.to = from;
    }

    /** Loses the slices that begin before a time. */
    void dropBefore(KeyWindows<A> windows, long start, Aggregator<?, A, ?> aggregator)
        throws Exception {
      for (int i = 0; i < windows.size() && windows.start(i) < Math.min(start, to); i++) {
        if (windows.start(i) >= from) {
          total = aggregator.subtract(total, windows.accumulator(i));
        }
      }
      from = Math.max(from, start);
      to = Math.max(to, from);
    }
  }

  /**
   * Two stacks: the front holds for each of its slices the merge from it to the front's end, the
   * back one merge of all slices since. Slices leave at the front and come at the back.
   */
  private static final class Stacks<A> implements KeyWindows.Merged<A> {
    private long[] frontStarts = new long[0];
    private Object[] front = new Object[0];
    private int next;
    private A back;
    private long backFrom;
    private long to;

    Stacks(long from) {
      this.backFrom = from;
      this.to = from;
    }

    void advance(KeyWindows<A> windows, long start, long end, Aggregator<?, A, ?> aggregator)
        throws Exception {
      while (next < front.length && frontStarts[next] < start) {
        front[next++] = null;
      }
      for (int i = 0; i < windows.size(); i++) {
        if (windows.start(i) >= to && windows.start(i) < end) {
          A before = back == null ? aggregator.create() : back;
          back = aggregator.merge(before, windows.accumulator(i));
        }
      }
      to = end;
      if (next == front.length && backFrom < start) {
        flip(windows, start, end, aggregator);
      }
    }

    /** Makes the front of all slices of the window; the back is empty then. */
    @SuppressWarnings("unchecked")
    private void flip(KeyWindows<A> windows, long start, long end, Aggregator<?, A, ?> aggregator)
        throws Exception {
      int from = 0;
      while (from < windows.size() && windows.start(from) < start) {
        from++;
      }
      int until = from;
      while (until < windows.size() && windows.start(until) < end) {
        until++;
      }
      frontStarts = new long[until - from];
      front = new Object[until - from];
      next = 0;
      for (int i = front.length - 1; i >= 0; i--) {
        frontStarts[i] = windows.start(from + i);
        A own = aggregator.merge(aggregator.create(), windows.accumulator(from + i));
        front[i] = i + 1 < front.length ? aggregator.merge(own, (A) front[i + 1]) : own;
      }
      back = null;
      backFrom = end;
    }

    @SuppressWarnings("unchecked")
    A all(Aggregator<?, A, ?> aggregator) throws Exception {
      A all = aggregator.create();
      if (next < front.length) {
        all = aggregator.merge(all, (A) front[next]);
      }
      return back == null ? all : aggregator.merge(all, back);
    }
  }
}
