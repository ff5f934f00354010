package io.geartrain.metrics;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long batches took on their way to one task, since it began. The task's thread records,
 * anybody takes copies; neither waits for the other.
 */
final class LatencyHistogram {
  static final long LOWEST_NANOS = 1_000;
  static final long HIGHEST_NANOS = TimeUnit.SECONDS.toNanos(1_000);
  static final int DIGITS = 2;

  private final SingleWriterRecorder recorder =
      new SingleWriterRecorder(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
  private final Histogram total = new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
  private Histogram recent;
  private Latencies copy = Latencies.NONE;

  /** Records one; by the task's thread. */
  void record(long nanos) {
    recorder.recordValue(Math.max(0, Math.min(nanos, HIGHEST_NANOS)));
  }

  /** All that were recorded so far. */
  synchronized Latencies copy() {
    recent = recorder.getIntervalHistogram(recent);
    if (recent.getTotalCount() > 0) {
      total.add(recent);
      ByteBuffer bytes = ByteBuffer.allocate(total.getNeededByteBufferCapacity());
      total.encodeIntoByteBuffer(bytes);
      bytes.flip();
      copy = new Latencies(Base64.getEncoder().encodeToString(toArray(bytes)));
    }
    return copy;
  }

  private static byte[] toArray(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
