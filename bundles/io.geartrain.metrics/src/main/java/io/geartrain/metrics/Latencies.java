package io.geartrain.metrics;

/**
 * How long batches took on their way to a task.
 *
 * @param histogram of nanoseconds, as HdrHistogram writes it, in base64; empty if there were none
 */
public record Latencies(String histogram) {
  /** No batch came. */
  public static final Latencies NONE = new Latencies("");
}
