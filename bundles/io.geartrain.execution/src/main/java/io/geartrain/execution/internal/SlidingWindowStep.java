package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Watermark;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.channel.KeyHash;
import io.geartrain.state.KeyGroupTable;
import io.geartrain.state.KeyedStates;
import io.geartrain.time.KeyWindows;
import io.geartrain.time.Saturated;
import io.geartrain.time.Slices;
import io.geartrain.time.SlidingWindows;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows at regular distances: keeps the slices of each key, and closes one window after the other
 * as the watermark passes their ends. On the task's thread.
 */
final class SlidingWindowStep extends UserStep {
  private final Key key;
  private final KeyHash hashes = new KeyHash();
  private final Slices slices;
  private final SlidingWindows<Object, Object, Object> law;
  private final long latenessMs;
  private final LateRecords late;
  private final TaskState state;
  private final KeyedStates<Object> states;
  private final KeyGroupTable<Object, KeyWindows<Object>> keys;

  /** All windows that end at or before it are closed. */
  private long closedUpTo = Long.MIN_VALUE;

  /**
   * End of the window to be closed next; {@link Watermark#MAX} if no record waits for one, but for
   * that which closes at the end of input.
   */
  private long nextEnd = Watermark.MAX;

  /** End of the window at which slices expire next; those before have. */
  private long expiredUpTo = Long.MIN_VALUE;

  /** The two slices that records fell into lately, and the ends of their first windows. */
  private long slice = Long.MIN_VALUE;

  private long firstEnd;
  private long otherSlice = Long.MIN_VALUE;
  private long otherFirstEnd;

  SlidingWindowStep(
      Key key,
      Window.Sliding window,
      Aggregator<Object, Object, Object> aggregator,
      long latenessMs,
      LateRecords late,
      TaskState state,
      Outlets outlets,
      FailureLatch failures) {
    super(key.stepId(), outlets, failures);
    this.key = key;
    this.slices = Slices.of(window);
    this.law = new SlidingWindows<>(slices, aggregator);
    this.latenessMs = latenessMs;
    this.late = late;
    this.state = state;
    this.states = state.keyed(key.stepId());
    this.keys = states.table("windows", WindowCodecs::windows);
  }

  @Override
  void open() {
    guarded(() -> states.seal(id()));
    closedUpTo = state.largest(id(), TaskState.CLOSED_UP_TO, Long.MIN_VALUE);
    nextEnd = firstEndAfter(closedUpTo);
  }

  @Override
  void snapshot(TaskSnapshot to) {
    to.put(id(), TaskState.CLOSED_UP_TO, closedUpTo);
    to.keyed(id(), states);
  }

  @Override
  void onRecord(Object value, long timestamp) throws Exception {
    if (value instanceof Partial partial) {
      countIn(partial.records() - 1);
    }
    if (slices.holds(slice, timestamp)) {
      onRecord(value, timestamp, slice, firstEnd);
    } else if (slices.holds(otherSlice, timestamp)) {
      onRecord(value, timestamp, otherSlice, otherFirstEnd);
    } else {
      otherSlice = slice;
      otherFirstEnd = firstEnd;
      slice = slices.startOf(timestamp);
      firstEnd = slices.firstWindowEnd(slice);
      onRecord(value, timestamp, slice, firstEnd);
    }
  }

  private void onRecord(Object value, long timestamp, long slice, long firstEnd) throws Exception {
    if (firstEnd > closedUpTo) {
      add(value, slice, false);
      nextEnd = Math.min(nextEnd, firstEnd);
    } else {
      addLate(value, timestamp, slice);
    }
  }

  private void addLate(Object value, long timestamp, long slice) throws Exception {
    if (value instanceof Partial) {
      throw new IllegalStateException(
          "records were folded for a slice at %d ms, whose window is closed up to %d ms"
              .formatted(slice, closedUpTo));
    }
    long lastEnd = slices.lastWindowEnd(slice);
    if (Saturated.plus(lastEnd, latenessMs) <= closedUpTo) {
      late.add(value, timestamp);
      return;
    }
    Object k = key.of(value);
    KeyWindows<Object> windows = add(value, slice, true);
    long end = slices.firstWindowEnd(slice);
    for (; end <= Math.min(lastEnd, closedUpTo); end = slices.nextWindowEnd(end)) {
      if (Saturated.plus(end, latenessMs) > closedUpTo) {
        emit(k, end, law.result(windows, end));
      }
    }
    if (end <= lastEnd) {
      nextEnd = Math.min(nextEnd, end);
    }
  }

  private KeyWindows<Object> add(Object value, long slice, boolean late) throws Exception {
    if (value instanceof Partial partial) {
      KeyWindows<Object> windows = windows(partial.key(), partial.hash());
      law.merge(windows, partial.accumulator(), slice, late);
      return windows;
    }
    Object k = key.of(value);
    KeyWindows<Object> windows = windows(k, hashes.applyAsInt(k));
    law.add(windows, value, slice, late);
    return windows;
  }

  private KeyWindows<Object> windows(Object k, int hash) {
    return keys.updateOrCreate(k, hash, any -> new KeyWindows<>());
  }

  @Override
  void onWatermark(long watermarkMs) throws Exception {
    long time = Saturated.plus(watermarkMs, 1);
    while (nextEnd <= time && nextEnd != Long.MAX_VALUE) {
      long end = nextEnd;
      closedUpTo = end;
      nextEnd = close(end) ? slices.nextWindowEnd(end) : firstEndAfter(end);
    }
    closedUpTo = Math.max(closedUpTo, time);
    if (watermarkMs == Watermark.MAX) {
      close(Watermark.MAX);
      keys.removeIf((k, windows) -> true);
    } else {
      expire(Saturated.minus(closedUpTo, latenessMs));
    }
  }

  /** Closes a window, and forgets what no later one needs; whether any key has a later one. */
  private boolean close(long end) throws Exception {
    boolean[] later = new boolean[1];
    long next = slices.nextWindowEnd(end);
    long ended = Saturated.minus(end, latenessMs);
    expiredUpTo = slices.nextWindowEnd(ended);
    List<Object> empty = new ArrayList<>();
    visit(
        (k, hash, windows) -> {
          if (law.has(windows, end)) {
            emit(k, end, law.close(windows, end));
          }
          later[0] |= law.has(windows, next);
          if (law.expires(windows, ended) && law.expire(keys.update(k, hash), ended)) {
            empty.add(k);
          }
        });
    empty.forEach(k -> keys.remove(k, hashes.applyAsInt(k)));
    return later[0];
  }

  private long firstEndAfter(long end) {
    long[] first = {Long.MAX_VALUE};
    keys.forEach((k, hash, windows) -> first[0] = Math.min(first[0], firstEndAfter(windows, end)));
    return first[0] == Long.MAX_VALUE ? first[0] : slices.nextWindowEnd(first[0] - 1);
  }

  private long firstEndAfter(KeyWindows<Object> windows, long end) {
    long first = Long.MAX_VALUE;
    for (int i = windows.size() - 1; i >= 0; i--) {
      if (slices.lastWindowEnd(windows.start(i)) <= end) {
        break;
      }
      first = Math.min(first, Math.max(slices.firstWindowEnd(windows.start(i)), end + 1));
    }
    return first;
  }

  private void expire(long endedMs) throws Exception {
    long next = slices.nextWindowEnd(endedMs);
    if (next == expiredUpTo) {
      return;
    }
    expiredUpTo = next;
    List<Object> empty = new ArrayList<>();
    visit(
        (k, hash, windows) -> {
          if (law.expires(windows, endedMs) && law.expire(keys.update(k, hash), endedMs)) {
            empty.add(k);
          }
        });
    empty.forEach(k -> keys.remove(k, hashes.applyAsInt(k)));
  }

  /** Takes the windows of a key, and may throw what the user's code throws. */
  private interface Visitor {
    void visit(Object k, int hash, KeyWindows<Object> windows) throws Exception;
  }

  private void visit(Visitor visitor) throws Exception {
    Exception[] thrown = new Exception[1];
    keys.forEach(
        (k, hash, windows) -> {
          if (thrown[0] == null) {
            try {
              visitor.visit(k, hash, windows);
            } catch (Exception e) {
              thrown[0] = e;
            }
          }
        });
    if (thrown[0] != null) {
      throw thrown[0];
    }
  }

  @Override
  long recordsLate() {
    return late.records();
  }

  @Override
  long recordsDropped() {
    return late.dropped();
  }

  private void emit(Object k, long end, Object result) {
    outlets().main().emit(new Windowed<>(k, slices.windowStart(end), end, result), end - 1);
  }
}
