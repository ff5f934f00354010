package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.geartrain.api.Aggregator;
import io.geartrain.api.Emitter;
import io.geartrain.api.Keyed;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Settings;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Window;
import io.geartrain.plan.ChannelMode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a record costs the heap once all rings are filled and all keys are known: source, channel,
 * loop, count by key, sink, on one thread. A compiler may save some of it, and never adds to it.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 100_000;
  private static final int MEASURED = 400_000;
  private static final String[] WORDS = {
    "ant", "bear", "cat", "dog", "eel", "fox", "gnu", "hen", "ibis", "jay", "kite", "lark"
  };

  /** The words, ready-made, over and over. */
  private static final class Words implements Source<String> {
    @Override
    public Class<String> type() {
      return String.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("all", Map.of()));
    }

    @Override
    public SplitReader<String> open(SourceSplit split, ProcessorContext context) {
      return new SplitReader<>() {
        private int given;

        @Override
        public ReadStatus poll(Emitter<String> out, int max) {
          int end = Math.min(given + max, WARM_UP + MEASURED);
          while (given < end) {
            out.emit(WORDS[given++ % WORDS.length], 0);
          }
          return given < WARM_UP + MEASURED ? ReadStatus.MORE : ReadStatus.END;
        }

        @Override
        public SourceSplit remaining() {
          return split;
        }
      };
    }
  }

  /** Looks at the thread's allocations at the first and the last record that count. */
  private static final class Gauge implements Sink<Keyed<String, Long>> {
    private int written;
    private long before;
    private double bytesPerRecord = -1;

    @Override
    public SinkWriter<Keyed<String, Long>> open(ProcessorContext context) {
      return (value, timestamp) -> {
        written++;
        if (written == WARM_UP) {
          before = THREADS.getCurrentThreadAllocatedBytes();
        } else if (written == WARM_UP + MEASURED) {
          long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
          bytesPerRecord = (double) allocated / MEASURED;
        }
      };
    }
  }

  /** Counts letters, and looks at the thread's allocations like {@link Gauge}. */
  private static final class Sizes implements Aggregator<String, long[], Long> {
    private int seen;
    private long before;
    private double bytesPerRecord = -1;

    @Override
    public long[] create() {
      return new long[1];
    }

    @Override
    public long[] add(long[] size, String word) {
      seen++;
      if (seen == WARM_UP) {
        before = THREADS.getCurrentThreadAllocatedBytes();
      } else if (seen == WARM_UP + MEASURED) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        bytesPerRecord = (double) allocated / MEASURED;
      }
      size[0] += word.length();
      return size;
    }

    @Override
    public long[] merge(long[] left, long[] right) {
      left[0] += right[0];
      return left;
    }

    @Override
    public Long result(long[] size) {
      return size[0];
    }
  }

  private static double bytesPerRecord(String channels) {
    Gauge gauge = new Gauge();
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(new Words())
                .keyBy(String.class, word -> word)
                .count()
                .id("count")
                .to(gauge)
                .id("out");
    Run run = Run.of(app, 1, Settings.of(Map.of(ChannelMode.SETTING, channels)), 1);
    run.go();
    assertThat(run.outcomes.failed).isEmpty();
    assertThat(gauge.written).isEqualTo(WARM_UP + MEASURED);
    return gauge.bytesPerRecord;
  }

  /** The result's {@link Keyed} and the count in it, of 24 bytes each; no more from the engine. */
  @Test
  void aCountedRecordAllocatesItsResultAlone() {
    assertThat(bytesPerRecord("local")).isBetween(0.0, 50.0);
  }

  /**
   * It makes the session longer, which needs no timer; the engine goes through the key's sessions.
   */
  @Test
  void aRecordOfASessionAllocatesNoTimer() {
    long[] now = new long[1];
    Sizes sizes = new Sizes();
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(new Words())
                .eventTime(word -> now[0]++, Duration.ZERO)
                .keyBy(String.class, word -> word)
                .window(Window.session(Duration.ofSeconds(20)))
                .aggregate(sizes)
                .id("sizes")
                .to(new CollectingSink<>());
    Run run = Run.of(app, 1, Settings.of(Map.of(ChannelMode.SETTING, "local")), 1);
    run.go();
    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sizes.bytesPerRecord).isBetween(0.0, 40.0);
  }

  /** And the text that is made of the bytes: its array and itself, of 24 bytes each. */
  @Test
  void aRecordThatPassesAsBytesAllocatesWhatIsMadeOfThem() {
    assertThat(bytesPerRecord("bytes")).isBetween(0.0, 100.0);
  }
}
