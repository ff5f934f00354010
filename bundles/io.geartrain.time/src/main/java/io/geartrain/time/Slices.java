package io.geartrain.time;

import io.geartrain.api.Watermark;
import io.geartrain.api.Window;

/**
 * How windows of one size at regular distances are cut into slices: each window is a run of whole
 * slices, and a record falls into one slice. Times are in ms, slices are named by their start.
 *
 * <p>Windows are cut where time ends: one that would begin before {@link Long#MIN_VALUE} begins
 * there, and so does a slice. All that would end at or after {@link Watermark#MAX} are one, which
 * begins as the first of them and ends there; a record at that time counts as the last before it.
 *
 * <p>After Tangwongsan et al., “General incremental sliding-window aggregation”, 2015, and the
 * slicing of “Scotty”, 2018.
 */
public final class Slices {
  private final long sizeMs;
  private final long slideMs;
  private final long widthMs;

  private Slices(long sizeMs, long slideMs) {
    this.sizeMs = sizeMs;
    this.slideMs = slideMs;
    this.widthMs = gcd(sizeMs, slideMs);
  }

  /** The slices of a window. */
  public static Slices of(Window.Sliding window) {
    return new Slices(window.size().toMillis(), window.slide().toMillis());
  }

  /** Size of a window. */
  public long sizeMs() {
    return sizeMs;
  }

  /** Distance from one window to the next. */
  public long slideMs() {
    return slideMs;
  }

  /** Length of a slice. */
  public long widthMs() {
    return widthMs;
  }

  /** How many slices make a window. */
  public long perWindow() {
    return sizeMs / widthMs;
  }

  /** Start of the slice that a record falls into. */
  public long startOf(long timestampMs) {
    long time = Math.min(timestampMs, Watermark.MAX - 1);
    return Saturated.minus(time, Math.floorMod(time, widthMs));
  }

  /** Whether a record falls into a slice; perhaps not told at the edges of time. */
  public boolean holds(long sliceStart, long timestampMs) {
    return timestampMs >= sliceStart
        && sliceStart != Long.MIN_VALUE
        && Long.compareUnsigned(timestampMs - sliceStart, widthMs) < 0;
  }

  /** End of the first window that holds the slice. */
  public long firstWindowEnd(long sliceStart) {
    return nextWindowEnd(sliceStart);
  }

  /** End of the first window that ends after a time; that of the last window after the last. */
  public long nextWindowEnd(long afterMs) {
    return Saturated.plus(afterMs, slideMs - sinceAnEnd(afterMs));
  }

  private long sinceAnEnd(long afterMs) {
    return afterMs >= Long.MIN_VALUE + sizeMs
        ? Math.floorMod(afterMs - sizeMs, slideMs)
        : Math.floorMod(Math.floorMod(afterMs, slideMs) - sizeMs % slideMs, slideMs);
  }

  /** End of the last window that holds the slice. */
  public long lastWindowEnd(long sliceStart) {
    return Saturated.plus(sliceStart, sizeMs - Math.floorMod(sliceStart, slideMs));
  }

  /** Start of the window with that end. */
  public long windowStart(long windowEnd) {
    long start = Saturated.minus(windowEnd, sizeMs);
    if (windowEnd != Watermark.MAX) {
      return start;
    }
    long sinceAStart = Math.floorMod(start, slideMs);
    return sinceAStart == 0 ? start : start + slideMs - sinceAStart;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
