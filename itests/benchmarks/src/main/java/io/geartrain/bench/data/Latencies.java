package io.geartrain.bench.data;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * How old events are when they arrive; on one thread. Those of earlier stages than the last are
 * noted too, and then forgotten: otherwise what notes them would be compiled within the time that
 * is measured.
 */
public final class Latencies {
  private static final long LONGEST = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final Histogram created = new Histogram(LONGEST, DIGITS);
  private final Histogram due = new Histogram(LONGEST, DIGITS);
  private int stage = Meter.WARM_UP;

  /** An event has arrived. */
  public void arrived(Event event) {
    if (event.stage() != stage) {
      if (event.stage() < stage) {
        return;
      }
      stage = event.stage();
      created.reset();
      due.reset();
    }
    long now = System.nanoTime();
    created.recordValue(Math.min(LONGEST, Math.max(0, now - event.created())));
    due.recordValue(Math.min(LONGEST, Math.max(0, now - event.due())));
  }

  /** Adds all to the figures. */
  public void addTo(Map<String, String> figures) {
    figures.put("created", text(created));
    figures.put("due", text(due));
  }

  /** The percentiles 50, 99, 99.9 and 100 of all parts, in µs. */
  public static double[] percentiles(List<Map<String, String>> parts, String key) {
    Histogram all = new Histogram(LONGEST, DIGITS);
    for (Map<String, String> part : parts) {
      byte[] bytes = Base64.getDecoder().decode(part.get(key));
      try {
        all.add(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), LONGEST));
      } catch (DataFormatException e) {
        throw new IllegalStateException("the figure '" + key + "' is no histogram", e);
      }
    }
    return new double[] {
      all.getValueAtPercentile(50) / 1e3,
      all.getValueAtPercentile(99) / 1e3,
      all.getValueAtPercentile(99.9) / 1e3,
      all.getMaxValue() / 1e3
    };
  }

  private static String text(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.flip().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
