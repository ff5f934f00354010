package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.time.KeyWindows;
import io.geartrain.time.Slices;
import io.geartrain.time.SlidingWindows;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Windows at regular distances: keeps the slices of each key, and closes one window after the other
 * as the watermark passes their ends. On the task's thread.
 */
final class SlidingWindowStep extends UserStep {
  private final Key key;
  private final Slices slices;
  private final SlidingWindows<Object, Object, Object> law;
  private final long latenessMs;
  private final LateRecords late;
  private final Map<Object, KeyWindows<Object>> keys = new HashMap<>();

  /** All windows that end at or before it are closed. */
  private long closedUpTo = Long.MIN_VALUE;

  /** End of the window to be closed next; {@link Long#MAX_VALUE} if no record waits for one. */
  private long nextEnd = Long.MAX_VALUE;

  SlidingWindowStep(
      Key key,
      Window.Sliding window,
      Aggregator<Object, Object, Object> aggregator,
      long latenessMs,
      LateRecords late,
      Outlets outlets,
      FailureLatch failures) {
    super(key.stepId(), outlets, failures);
    this.key = key;
    this.slices = Slices.of(window);
    this.law = new SlidingWindows<>(slices, aggregator);
    this.latenessMs = latenessMs;
    this.late = late;
  }

  @Override
  void onRecord(Object value, long timestamp) throws Exception {
    long slice = slices.startOf(timestamp);
    long firstEnd = slices.firstWindowEnd(slice);
    if (firstEnd > closedUpTo) {
      law.add(windows(key.of(value)), value, slice, false);
      nextEnd = Math.min(nextEnd, firstEnd);
    } else {
      addLate(value, timestamp, slice);
    }
  }

  private void addLate(Object value, long timestamp, long slice) throws Exception {
    long lastEnd = slices.lastWindowEnd(slice);
    if (lastEnd + latenessMs <= closedUpTo) {
      late.add(value, timestamp);
      return;
    }
    Object k = key.of(value);
    KeyWindows<Object> windows = windows(k);
    law.add(windows, value, slice, true);
    long end = slices.firstWindowEnd(slice);
    for (; end <= Math.min(lastEnd, closedUpTo); end = slices.nextWindowEnd(end)) {
      if (end + latenessMs > closedUpTo) {
        emit(k, end, law.result(windows, end));
      }
    }
    if (end <= lastEnd) {
      nextEnd = Math.min(nextEnd, end);
    }
  }

  private KeyWindows<Object> windows(Object k) {
    KeyWindows<Object> windows = keys.get(k);
    if (windows == null) {
      windows = new KeyWindows<>();
      keys.put(k, windows);
    }
    return windows;
  }

  @Override
  void onWatermark(long watermarkMs) throws Exception {
    long time = watermarkMs == Long.MAX_VALUE ? Long.MAX_VALUE : watermarkMs + 1;
    while (nextEnd <= time && nextEnd != Long.MAX_VALUE) {
      long end = nextEnd;
      closedUpTo = end;
      nextEnd = close(end) ? slices.nextWindowEnd(end) : firstEndAfter(end);
    }
    closedUpTo = Math.max(closedUpTo, time);
    expire(watermarkMs == Long.MAX_VALUE ? Long.MAX_VALUE : closedUpTo - latenessMs);
  }

  /** Closes a window; whether any key has slices for a later one. */
  private boolean close(long end) throws Exception {
    boolean later = false;
    for (Map.Entry<Object, KeyWindows<Object>> entry : keys.entrySet()) {
      KeyWindows<Object> windows = entry.getValue();
      if (law.has(windows, end)) {
        emit(entry.getKey(), end, law.close(windows, end));
      }
      later |= law.has(windows, slices.nextWindowEnd(end));
    }
    return later;
  }

  private long firstEndAfter(long end) {
    long first = Long.MAX_VALUE;
    for (KeyWindows<Object> windows : keys.values()) {
      for (int i = windows.size() - 1; i >= 0; i--) {
        long sliceEnd = slices.lastWindowEnd(windows.start(i));
        if (sliceEnd <= end) {
          break;
        }
        first = Math.min(first, Math.max(slices.firstWindowEnd(windows.start(i)), end + 1));
      }
    }
    return first == Long.MAX_VALUE ? first : slices.nextWindowEnd(first - 1);
  }

  private void expire(long endedMs) throws Exception {
    if (endedMs == Long.MAX_VALUE) {
      keys.clear();
      return;
    }
    Iterator<KeyWindows<Object>> all = keys.values().iterator();
    while (all.hasNext()) {
      if (law.expire(all.next(), endedMs)) {
        all.remove();
      }
    }
  }

  private void emit(Object k, long end, Object result) {
    outlets().main().emit(new Windowed<>(k, end - slices.sizeMs(), end, result), end - 1);
  }
}
