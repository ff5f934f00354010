package io.geartrain.itests.apps.tally;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The numbers below a bound, in each of some splits: those of the first half one by one, the others
 * at once as soon as a file exists.
 */
final class Halves implements Source<Integer> {
  private static final String NEXT = "next";

  private final int splits;
  private final int bound;
  private final Path gate;

  Halves(int splits, int bound, Path gate) {
    this.splits = splits;
    this.bound = bound;
    this.gate = gate;
  }

  @Override
  public Class<Integer> type() {
    return Integer.class;
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    return IntStream.range(0, splits).mapToObj(i -> split("part-" + i, 0)).toList();
  }

  private static SourceSplit split(String id, int next) {
    return new SourceSplit(id, Map.of(NEXT, Integer.toString(next)));
  }

  @Override
  public SplitReader<Integer> open(SourceSplit split, ProcessorContext context) {
    return new SplitReader<>() {
      private int next = Integer.parseInt(split.attributes().get(NEXT));

      @Override
      public ReadStatus poll(Emitter<Integer> out, int max) {
        if (next < bound / 2) {
          out.emit(next++);
          return ReadStatus.idle(2);
        }
        if (next < bound && !Files.exists(gate)) {
          return ReadStatus.idle(20);
        }
        for (int i = 0; i < max && next < bound; i++) {
          out.emit(next++);
        }
        return next < bound ? ReadStatus.MORE : ReadStatus.END;
      }

      @Override
      public SourceSplit remaining() {
        return split(split.id(), next);
      }
    };
  }
}
