package io.geartrain.bench.app;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.bench.data.Bid;
import io.geartrain.bench.data.Bids;
import io.geartrain.bench.data.Event;
import io.geartrain.bench.data.Lines;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.Messages;
import io.geartrain.bench.data.Meter;
import io.geartrain.bench.data.Report;
import io.geartrain.bench.data.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Gives records until the time is up.
 *
 * @param type class of the records
 * @param splits how many parts there are
 * @param load what the run does
 * @param filler makes what gives the records of a part, from a position
 */
record BenchSource<T>(Class<T> type, int splits, Load load, FillerAt<T> filler)
    implements Source<T> {
  /** Makes what gives the records of a part. */
  @FunctionalInterface
  interface FillerAt<T> {
    /** From this position; 0 = the beginning. */
    Filler<T> make(int part, int position);
  }

  /** Gives the records of one split; on the task's thread. */
  @FunctionalInterface
  interface Filler<T> {
    /** Emits up to so many records; how many. */
    int fill(Emitter<T> out, int max, Meter meter);

    /** Where it is, for checkpoints; empty if it can't begin there again. */
    default OptionalInt position() {
      return OptionalInt.empty();
    }
  }

  /** The messages of W1. */
  static BenchSource<byte[]> messages(Load load) {
    return new BenchSource<>(byte[].class, 2, load, (part, at) -> new MessageFiller());
  }

  /** The lines of W2. */
  static BenchSource<String> lines(Load load) {
    return new BenchSource<>(
        String.class, 2, load, (part, at) -> new LineFiller(Lines.half(part, load.lines()), at));
  }

  /** The bids of W3 and W6. */
  static BenchSource<Bid> bids(Load load) {
    boolean fixed = load.family().equals("W6");
    return new BenchSource<>(
        Bid.class, 2, load, (part, at) -> new BidFiller(new Bids(part, 2, fixed)));
  }

  /** The events of W4. */
  static BenchSource<Event> events(Load load) {
    return new BenchSource<>(
        Event.class,
        1,
        load,
        (part, at) -> new EventFiller(new Schedule(load.perSecond(), System.nanoTime())));
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    List<SourceSplit> all = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      all.add(new SourceSplit("part-" + i, Map.of("part", "" + i)));
    }
    return all;
  }

  @Override
  public SplitReader<T> open(SourceSplit split, ProcessorContext context) {
    String part = split.attributes().get("part");
    int from = Integer.parseInt(split.attributes().getOrDefault("at", "0"));
    Filler<T> records = filler.make(Integer.parseInt(part), from);
    Meter meter = new Meter(load);
    return new SplitReader<>() {
      @Override
      public ReadStatus poll(Emitter<T> out, int max) {
        int given = records.fill(out, max, meter);
        return meter.add(given) ? ReadStatus.MORE : ReadStatus.END;
      }

      @Override
      public SourceSplit remaining() {
        OptionalInt at = records.position();
        return at.isEmpty()
            ? null
            : new SourceSplit(split.id(), Map.of("part", part, "at", "" + at.getAsInt()));
      }

      @Override
      public void close() throws IOException {
        Report.write(load.report(), "source-" + split.id(), meter.figures());
      }
    };
  }

  private static final class MessageFiller implements Filler<byte[]> {
    private final byte[][] messages = Messages.create();
    private int at;

    @Override
    public int fill(Emitter<byte[]> out, int max, Meter meter) {
      for (int i = 0; i < max; i++) {
        out.emit(messages[at++ & Messages.COUNT - 1], 0);
      }
      return max;
    }
  }

  private static final class LineFiller implements Filler<String> {
    private final String[] lines;
    private int at;

    LineFiller(String[] lines, int at) {
      this.lines = lines;
      this.at = at;
    }

    @Override
    public OptionalInt position() {
      return OptionalInt.of(at);
    }

    @Override
    public int fill(Emitter<String> out, int max, Meter meter) {
      for (int i = 0; i < max; i++) {
        out.emit(lines[at], 0);
        at = at + 1 < lines.length ? at + 1 : 0;
      }
      return max;
    }
  }

  private static final class BidFiller implements Filler<Bid> {
    private final Bids bids;

    BidFiller(Bids bids) {
      this.bids = bids;
    }

    @Override
    public int fill(Emitter<Bid> out, int max, Meter meter) {
      for (int i = 0; i < max; i++) {
        out.emit(bids.next());
      }
      return max;
    }
  }

  private static final class EventFiller implements Filler<Event> {
    private final Schedule schedule;

    EventFiller(Schedule schedule) {
      this.schedule = schedule;
    }

    @Override
    public int fill(Emitter<Event> out, int max, Meter meter) {
      int made = 0;
      long now = System.nanoTime();
      while (made < max && schedule.due() - now <= 0) {
        out.emit(schedule.make(meter.stage()), 0);
        made++;
      }
      return made;
    }
  }
}
