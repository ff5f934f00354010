package io.geartrain.execution;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists in memory, one for each split; idles now and then if told to. */
final class ListSource<T> implements Source<T> {
  private final Class<T> type;
  private final List<List<T>> splits;
  private final int idleEvery;

  ListSource(Class<T> type, List<List<T>> splits, int idleEvery) {
    this.type = type;
    this.splits = splits;
    this.idleEvery = idleEvery;
  }

  static ListSource<Integer> ints(int from, int to, int splits) {
    List<List<Integer>> all = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      all.add(new ArrayList<>());
    }
    for (int n = from; n < to; n++) {
      all.get(n % splits).add(n);
    }
    return new ListSource<>(Integer.class, all, 0);
  }

  @Override
  public Class<T> type() {
    return type;
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    List<SourceSplit> found = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      found.add(new SourceSplit("s" + i, Map.of("index", Integer.toString(i))));
    }
    return found;
  }

  @Override
  public SplitReader<T> open(SourceSplit split, ProcessorContext context) {
    List<T> records = splits.get(Integer.parseInt(split.attributes().get("index")));
    String at = split.attributes().get("at");
    return new Reader(split, records, at == null ? 0 : Integer.parseInt(at));
  }

  private final class Reader implements SplitReader<T> {
    private final SourceSplit split;
    private final List<T> records;
    private int at;
    private int polls;

    Reader(SourceSplit split, List<T> records, int at) {
      this.split = split;
      this.records = records;
      this.at = at;
    }

    @Override
    public SourceSplit remaining() {
      return new SourceSplit(
          split.id(), Map.of("index", split.attributes().get("index"), "at", Integer.toString(at)));
    }

    @Override
    public ReadStatus poll(Emitter<T> out, int max) {
      if (idleEvery > 0 && ++polls % idleEvery == 0) {
        return ReadStatus.idle(5);
      }
      int end = Math.min(records.size(), at + max);
      while (at < end) {
        out.emit(records.get(at), at);
        at++;
      }
      return at == records.size() ? ReadStatus.END : ReadStatus.MORE;
    }
  }
}
