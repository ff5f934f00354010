package io.geartrain.itests.apps.watched;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.util.List;
import java.util.Map;

/** A tick each few milliseconds, for ever; each 50th stands for one of a second before. */
final class Ticks implements Source<Long> {
  private static final long BEGIN = 1_000_000_000_000L;
  private static final String AT = "at";

  @Override
  public Class<Long> type() {
    return Long.class;
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    return List.of(split(0));
  }

  private static SourceSplit split(long at) {
    return new SourceSplit("ticks", Map.of(AT, Long.toString(at)));
  }

  @Override
  public SplitReader<Long> open(SourceSplit split, ProcessorContext context) {
    return new SplitReader<>() {
      private long next = Long.parseLong(split.attributes().get(AT));

      @Override
      public ReadStatus poll(Emitter<Long> out, int max) {
        long time = BEGIN + 10 * next;
        out.emit(next % 50 == 49 ? time - 1_000 : time);
        next++;
        return ReadStatus.idle(5);
      }

      @Override
      public SourceSplit remaining() {
        return split(next);
      }
    };
  }
}
