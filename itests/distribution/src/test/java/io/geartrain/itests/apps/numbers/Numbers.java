package io.geartrain.itests.apps.numbers;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.util.List;
import java.util.Map;

/** Sources of numbers and a sink that forgets, for the applications of the tests. */
public final class Numbers implements Source<Long> {
  private final long count;

  private Numbers(long count) {
    this.count = count;
  }

  /** 0, 1, … up to {@code count - 1}. */
  public static Numbers upTo(long count) {
    return new Numbers(count);
  }

  /** One number each few milliseconds, for ever. */
  public static Numbers endless() {
    return new Numbers(Long.MAX_VALUE);
  }

  /** Forgets what it is given. */
  public static Sink<Object> forget() {
    return context ->
        new SinkWriter<>() {
          @Override
          public void write(Object value, long timestamp) {}
        };
  }

  @Override
  public Class<Long> type() {
    return Long.class;
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    return List.of(new SourceSplit("numbers", Map.of()));
  }

  @Override
  public SplitReader<Long> open(SourceSplit split, ProcessorContext context) {
    return new SplitReader<>() {
      private long next;

      @Override
      public ReadStatus poll(Emitter<Long> out, int max) {
        if (next == count) {
          return ReadStatus.END;
        }
        out.emit(next, next);
        next++;
        return count == Long.MAX_VALUE ? ReadStatus.idle(5) : ReadStatus.MORE;
      }
    };
  }
}
