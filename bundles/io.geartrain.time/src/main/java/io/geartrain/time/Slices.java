package io.geartrain.time;

import io.geartrain.api.Window;

/**
 * How windows of one size at regular distances are cut into slices: each window is a run of whole
 * slices, and a record falls into one slice. Times are in ms, slices are named by their start.
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
    return Math.floorDiv(timestampMs, widthMs) * widthMs;
  }

  /** End of the first window that holds the slice. */
  public long firstWindowEnd(long sliceStart) {
    return nextWindowEnd(sliceStart);
  }

  /** End of the first window that ends after a time. */
  public long nextWindowEnd(long afterMs) {
    return (Math.floorDiv(afterMs - sizeMs, slideMs) + 1) * slideMs + sizeMs;
  }

  /** End of the last window that holds the slice. */
  public long lastWindowEnd(long sliceStart) {
    return Math.floorDiv(sliceStart, slideMs) * slideMs + sizeMs;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
