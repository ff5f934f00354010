package io.geartrain.simulation.graph;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.simulation.fault.Moment;
import io.geartrain.simulation.time.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Drawn records in drawn splits; each becomes available at its time, in its split's rate, and so
 * many at once as the split gives. Immutable but for its readers.
 */
final class DrawnSource {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int LOAD_CHARS = 4_000;

  private record Split(
      List<Item> records,
      int mostAtOnce,
      long firstNanos,
      long everyNanos,
      int pauseAt,
      long pauseNanos) {
    /** When a record can be read, in ns since the run began. */
    long available(int at) {
      return firstNanos + at * everyNanos + (at >= pauseAt ? pauseNanos : 0);
    }
  }

  private final String id;
  private final List<Split> splits = new ArrayList<>();
  private final long latenessMs;
  private final long idleAfterMs;
  private final boolean onTime;

  /**
   * Draws a source.
   *
   * @param spacingMs between the event times of two records
   */
  DrawnSource(String id, Chance chance, int most, long spacingMs, boolean loaded) {
    this.id = id;
    int count = (int) chance.between(1, 6);
    boolean late = chance.oneIn(5);
    long disorderMs = late ? chance.between(20, 300) : chance.oneIn(2) ? 0 : chance.between(1, 40);
    this.latenessMs = late ? chance.below(5) : disorderMs + chance.below(20);
    this.idleAfterMs = chance.oneIn(6) ? chance.between(1, 30) : 0;
    this.onTime = !late && idleAfterMs == 0;
    long everyNanos = chance.oneIn(4) ? 0 : chance.skewed(MS / 50, 8 * MS);
    for (int i = 0; i < count; i++) {
      splits.add(split(chance, i, most / count, spacingMs, disorderMs, everyNanos, loaded));
    }
  }

  private Split split(
      Chance chance,
      int number,
      int most,
      long spacingMs,
      long disorderMs,
      long everyNanos,
      boolean loaded) {
    int records = chance.oneIn(8) ? 0 : (int) chance.between(0, most);
    List<Item> all = new ArrayList<>();
    for (int n = 0; n < records; n++) {
      long itemId = Item.mix(id.hashCode(), number, n);
      String load = loaded ? "x".repeat(chance.below(LOAD_CHARS)) : "";
      long time = n * spacingMs + chance.below(3) + chance.between(0, disorderMs);
      all.add(new Item(itemId, time, load));
    }
    boolean pauses = chance.oneIn(4);
    return new Split(
        all,
        chance.oneIn(3) ? Integer.MAX_VALUE : (int) chance.skewed(1, 40),
        chance.oneIn(4) ? chance.skewed(0, 200 * MS) : 0,
        chance.oneIn(3) ? everyNanos * chance.below(4) : everyNanos,
        pauses ? chance.below(records + 1) : Integer.MAX_VALUE,
        pauses ? chance.skewed(MS, 400 * MS) : 0);
  }

  String id() {
    return id;
  }

  /** How much a record may be older than one before it without being late. */
  long latenessMs() {
    return latenessMs;
  }

  /** When a split no longer holds the watermark back; 0 = never. */
  long idleAfterMs() {
    return idleAfterMs;
  }

  Traits traits() {
    return new Traits(true, onTime);
  }

  /** All records. */
  List<Item> records() {
    return splits.stream().flatMap(split -> split.records().stream()).toList();
  }

  /** The source as it is read in a process. */
  Source<Item> in(Site site) {
    return new Source<>() {
      @Override
      public Class<Item> type() {
        return Item.class;
      }

      @Override
      public List<SourceSplit> splits(int parallelism) {
        List<SourceSplit> found = new ArrayList<>();
        for (int i = 0; i < splits.size(); i++) {
          found.add(at(i, 0));
        }
        return found;
      }

      @Override
      public SplitReader<Item> open(SourceSplit split, ProcessorContext context) {
        return new Reader(
            site, Integer.parseInt(split.id()), Integer.parseInt(split.attributes().get("at")));
      }
    };
  }

  private static SourceSplit at(int split, int record) {
    return new SourceSplit(Integer.toString(split), Map.of("at", Integer.toString(record)));
  }

  private final class Reader implements SplitReader<Item> {
    private final Site site;
    private final int number;
    private int at;

    Reader(Site site, int number, int at) {
      this.site = site;
      this.number = number;
      this.at = at;
    }

    @Override
    public ReadStatus poll(Emitter<Item> out, int max) {
      Split split = splits.get(number);
      int end = Math.min(split.records().size(), at + Math.min(max, split.mostAtOnce()));
      while (at < end && split.available(at) <= site.nanos()) {
        Item next = split.records().get(at);
        site.at(Moment.RECORD);
        at++;
        out.emit(next, next.time());
      }
      if (at == split.records().size()) {
        return ReadStatus.END;
      }
      long wait = split.available(at) - site.nanos();
      return wait <= 0 ? ReadStatus.MORE : ReadStatus.idle(Math.max(1, wait / MS));
    }

    @Override
    public SourceSplit remaining() {
      return at(number, at);
    }
  }
}
