package io.geartrain.bench.app;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.bench.data.Event;
import io.geartrain.bench.data.Load;
import io.geartrain.bench.data.ManyKeys;
import io.geartrain.bench.data.Meter;
import io.geartrain.bench.data.Report;
import io.geartrain.bench.data.Schedule;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each key once, then any of them for as long as is measured, then some a second until the
 * savepoint stands. From a savepoint it gives some a second for a short time.
 */
record KeySource(Load load) implements Source<Event> {
  private static final long LONGEST_NANOS = 120_000_000_000L;
  private static final long RESTORED_NANOS = 1_000_000_000L;
  private static final long LOOK_EVERY_NANOS = 10_000_000L;

  @Override
  public Class<Event> type() {
    return Event.class;
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    return List.of(split(0, 0), split(1, 0));
  }

  private static SourceSplit split(int part, long at) {
    return new SourceSplit("part-" + part, Map.of("part", "" + part, "at", "" + at));
  }

  @Override
  public SplitReader<Event> open(SourceSplit split, ProcessorContext context) {
    int part = Integer.parseInt(split.attributes().get("part"));
    return new Reader(load, part, Long.parseLong(split.attributes().get("at")));
  }

  private static final class Reader implements SplitReader<Event> {
    private final Load load;
    private final int part;
    private final long from;
    private final Meter meter;
    private long at;
    private Schedule schedule;
    private long pacedFrom;
    private long nextLook;

    Reader(Load load, int part, long from) {
      this.load = load;
      this.part = part;
      this.from = from;
      at = from;
      meter = new Meter(load);
    }

    @Override
    public ReadStatus poll(Emitter<Event> out, int max) throws IOException {
      if (at < load.keys() / 2) {
        emit(out, (int) Math.min(max, load.keys() / 2 - at));
        return ReadStatus.MORE;
      }
      if (schedule == null && from == 0) {
        emit(out, max);
        if (meter.add(max)) {
          return ReadStatus.MORE;
        }
        ManyKeys.tellPaced(load.report(), "part-" + part);
      }
      long now = System.nanoTime();
      if (schedule == null) {
        schedule = new Schedule(ManyKeys.PACED_PER_SECOND / 2, now);
        pacedFrom = now;
        nextLook = now;
      }
      int stage = now - pacedFrom > ManyKeys.SETTLING_NANOS ? Meter.MEASURING : Meter.WARM_UP;
      for (int i = 0; i < max && schedule.due() - now <= 0; i++) {
        out.emit(schedule.make(ManyKeys.key(part, at++, load.keys()), stage), 0);
      }
      return over(now) ? ReadStatus.END : ReadStatus.MORE;
    }

    private void emit(Emitter<Event> out, int number) {
      for (int i = 0; i < number; i++) {
        out.emit(new Event(ManyKeys.key(part, at++, load.keys()), 0, 0, Meter.WARM_UP), 0);
      }
    }

    private boolean over(long now) {
      if (now - nextLook < 0) {
        return false;
      }
      nextLook = now + LOOK_EVERY_NANOS;
      return from > 0
          ? now - pacedFrom > RESTORED_NANOS
          : ManyKeys.saved(load.report()) || now - pacedFrom > LONGEST_NANOS;
    }

    @Override
    public SourceSplit remaining() {
      return split(part, at);
    }

    @Override
    public void close() throws IOException {
      Map<String, String> figures = new HashMap<>(meter.figures());
      figures.put("from", "" + from);
      figures.put("emitted", "" + at);
      Report.write(load.report(), "source-part-" + part, figures);
    }
  }
}
