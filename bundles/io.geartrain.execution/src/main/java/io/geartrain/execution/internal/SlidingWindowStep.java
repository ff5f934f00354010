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

  private ClosedTimes closed;

  /**
   * End of the window to be closed next; {@link Watermark#MAX} if no record waits for one, but for
   * that which closes at the end of input.
   */
  private long nextEnd = Watermark.MAX;

  /** The window that is being closed; null if none is. */
  private Closing closing;

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
    closed = new ClosedTimes(id(), state);
    nextEnd = firstEndAfter(closed.upTo());
  }

  @Override
  void snapshot(TaskSnapshot to) {
    closed.save(to);
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
    if (firstEnd > closed.upTo() && (closed.areEven() || !wasClosed(value, firstEnd))) {
      add(value, slice, false);
      nextEnd = Math.min(nextEnd, firstEnd);
    } else {
      addLate(value, timestamp, slice);
    }
  }

  /** Whether a record's first window was closed before the restore; none is folded of those. */
  private boolean wasClosed(Object value, long firstEnd) throws Exception {
    return !(value instanceof Partial)
        && closed.wasClosed(hashes.applyAsInt(key.of(value)), firstEnd);
  }

  private void addLate(Object value, long timestamp, long slice) throws Exception {
    if (value instanceof Partial) {
      throw new IllegalStateException(
          "records were folded for a slice at %d ms, whose window is closed up to %d ms"
              .formatted(slice, closed.upTo()));
    }
    Object k = key.of(value);
    long closedUpTo = closed.upTo(hashes.applyAsInt(k));
    long lastEnd = slices.lastWindowEnd(slice);
    if (Saturated.plus(lastEnd, latenessMs) <= closedUpTo) {
      late.add(value, timestamp);
      return;
    }
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
  boolean onWatermark(long watermarkMs) throws Exception {
    boolean ends = watermarkMs == Watermark.MAX;
    long time = Saturated.plus(watermarkMs, 1);
    while (closing != null || nextEnd <= time && (ends || nextEnd != Watermark.MAX)) {
      if (closing == null) {
        closing = new Closing(nextEnd);
      }
      if (!closing.go()) {
        return false;
      }
      Closing done = closing;
      closing = null;
      nextEnd = done.later ? done.next : firstEndAfter(done.end);
      if (done.end == Watermark.MAX) {
        break;
      }
    }
    closed.reach(time);
    if (ends) {
      keys.removeIf((k, windows) -> true);
    } else {
      expire(Saturated.minus(closed.upTo(), latenessMs));
    }
    return true;
  }

  /** Closes a window of all keys, and forgets what no later one needs. */
  private final class Closing {
    private final long end;
    private final long next;
    private final long ended;
    private final KeyGroupTable<Object, KeyWindows<Object>>.Walk walk = keys.walk();
    private final List<Object> empty = new ArrayList<>();

    /** Whether any key has a later window. */
    private boolean later;

    Closing(long end) {
      this.end = end;
      this.next = slices.nextWindowEnd(end);
      this.ended = Saturated.minus(end, latenessMs);
      expiredUpTo = slices.nextWindowEnd(ended);
    }

    /** Goes on; whether it is through. */
    boolean go() throws Exception {
      if (!walk.go(this::close)) {
        return false;
      }
      empty.forEach(k -> keys.remove(k, hashes.applyAsInt(k)));
      closed.reach(end);
      return true;
    }

    private boolean close(Object k, int hash, KeyWindows<Object> windows) throws Exception {
      boolean has = law.has(windows, end) && !closed.wasClosed(hash, end);
      if (has) {
        emit(k, end, law.close(windows, end));
      }
      later |= law.has(windows, next);
      if (law.expires(windows, ended) && law.expire(keys.update(k, hash), ended)) {
        empty.add(k);
      }
      return !has || mayGoOn();
    }
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
    keys.walk()
        .go(
            (k, hash, windows) -> {
              if (law.expires(windows, endedMs) && law.expire(keys.update(k, hash), endedMs)) {
                empty.add(k);
              }
              return true;
            });
    empty.forEach(k -> keys.remove(k, hashes.applyAsInt(k)));
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
