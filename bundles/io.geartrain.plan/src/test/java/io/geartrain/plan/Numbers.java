package io.geartrain.plan;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.util.List;
import java.util.Map;

/** A source of no numbers, with the splits that it is told. */
record Numbers(String... ids) implements Source<Integer> {
  @Override
  public Class<Integer> type() {
    return Integer.class;
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    return List.of(ids).stream().map(id -> new SourceSplit(id, Map.of())).toList();
  }

  @Override
  public SplitReader<Integer> open(SourceSplit split, ProcessorContext context) {
    return (out, max) -> ReadStatus.END;
  }
}
