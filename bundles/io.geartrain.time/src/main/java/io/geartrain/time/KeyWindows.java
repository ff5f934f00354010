package io.geartrain.time;

import java.util.Arrays;

/**
 * The windows of one key: an accumulator for each slice that is still needed, and what has been
 * merged of them for the window that ends next. Only the slices are state; the rest is made again
 * when it is missing. Handled by {@link SlidingWindows}.
 *
 * @param <A> type of the accumulators
 */
public final class KeyWindows<A> {
  private static final int NEWEST = 3;

  private long[] starts = new long[2];
  private Object[] accumulators = new Object[2];
  private int first;
  private int size;

  /** What has been merged; null if it must be made again. */
  Merged<A> merged;

  /** How many slices there are. */
  public int size() {
    return size;
  }

  /** Start of a slice; the oldest is 0. */
  public long start(int index) {
    return starts[first + index];
  }

  /** Accumulator of a slice; the oldest is 0. */
  @SuppressWarnings("unchecked")
  public A accumulator(int index) {
    return (A) accumulators[first + index];
  }

  /** Adds a slice as it was in a checkpoint; slices come in the order of their starts. */
  public void restore(long start, A accumulator) {
    insert(size, start, accumulator);
  }

  void accumulator(int index, A value) {
    accumulators[first + index] = value;
  }

  /**
   * Index of a slice, or {@code -(place where it belongs) - 1}. Most records belong to the newest
   * ones, so these are looked at first.
   */
  int find(long start) {
    int last = first + size - 1;
    int least = Math.max(first, last - NEWEST + 1);
    for (int at = last; at >= least; at--) {
      if (starts[at] == start) {
        return at - first;
      }
    }
    int found = Arrays.binarySearch(starts, first, first + size, start);
    return found >= 0 ? found - first : found + first;
  }

  void insert(int index, long start, A accumulator) {
    if (first + size == starts.length) {
      makeRoom();
    }
    int at = first + index;
    int move = size - index;
    System.arraycopy(starts, at, starts, at + 1, move);
    System.arraycopy(accumulators, at, accumulators, at + 1, move);
    starts[at] = start;
    accumulators[at] = accumulator;
    size++;
  }

  /** Forgets all slices that begin before a time. */
  void dropBefore(long start) {
    while (size > 0 && starts[first] < start) {
      accumulators[first] = null;
      first++;
      size--;
    }
    if (size == 0) {
      first = 0;
    }
  }

  private void makeRoom() {
    int capacity = size > starts.length / 2 ? starts.length * 2 : starts.length;
    long[] movedStarts = new long[capacity];
    Object[] moved = new Object[capacity];
    System.arraycopy(starts, first, movedStarts, 0, size);
    System.arraycopy(accumulators, first, moved, 0, size);
    starts = movedStarts;
    accumulators = moved;
    first = 0;
  }

  /** What has been merged of a key's slices for the next window. */
  interface Merged<A> {}
}
