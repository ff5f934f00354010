package io.geartrain.execution;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.channel.ChannelSizes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes records as fast as memory allows, for sinks that take a millisecond for each; in a JVM of
 * its own. Says how many arrived.
 */
final class SmallHeap {
  static final int RECORDS = 16_000;
  static final int RECORD_BYTES = 4_096;
  private static final ChannelSizes SIZES = new ChannelSizes(128, 4);
  private static final int THREADS = 2;

  private SmallHeap() {}

  public static void main(String[] args) {
    AtomicLong arrived = new AtomicLong();
    Sink<byte[]> slow =
        context ->
            (value, timestamp) -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
              arrived.incrementAndGet();
            };
    Outcomes outcomes =
        Run.pooled(
            (streams, settings) -> streams.from(new Arrays()).shuffle().to(slow),
            THREADS,
            SIZES,
            THREADS);
    if (!outcomes.failed.isEmpty()) {
      throw new IllegalStateException(outcomes.failed.toString());
    }
    System.out.println(arrived);
  }

  /** Two splits, each of half of the records, all of them new. */
  private static final class Arrays implements Source<byte[]> {
    @Override
    public Class<byte[]> type() {
      return byte[].class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("0", Map.of()), new SourceSplit("1", Map.of()));
    }

    @Override
    public SplitReader<byte[]> open(SourceSplit split, ProcessorContext context) {
      int[] left = {RECORDS / 2};
      return (out, max) -> {
        for (int i = 0; i < max && left[0] > 0; i++) {
          out.emit(new byte[RECORD_BYTES]);
          left[0]--;
        }
        return left[0] > 0 ? ReadStatus.MORE : ReadStatus.END;
      };
    }
  }
}
