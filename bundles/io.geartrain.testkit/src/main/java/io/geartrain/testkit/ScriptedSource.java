package io.geartrain.testkit;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Plays a script: for each split, records and pauses, one after the other. The watermark is renewed
 * after every record, so it is the script that decides which record is late. A split ends after its
 * last record, unless the source was made {@link #endless}; to an endless one records may be added
 * while it runs. On the thread of the test.
 *
 * @param <T> type of the records
 */
public final class ScriptedSource<T> implements Source<T> {
  private static final String FIRST = "split-0";

  private sealed interface Entry<T> {}

  private record Data<T>(T value, long timestamp) implements Entry<T> {}

  private record Pause<T>(Duration time) implements Entry<T> {}

  private record End<T>() implements Entry<T> {}

  private final Class<T> type;
  private final Map<String, List<Entry<T>>> splits = new LinkedHashMap<>();
  private final List<Reader> readers = new ArrayList<>();
  private List<Entry<T>> script;
  private boolean endless;
  private LongSupplier nanos;

  private ScriptedSource(Class<T> type) {
    this.type = Objects.requireNonNull(type, "type");
    split(FIRST);
  }

  /** An empty script with one split. */
  public static <T> ScriptedSource<T> of(Class<T> type) {
    return new ScriptedSource<>(type);
  }

  /** A script of these records with the timestamp 0, all in one split. */
  @SafeVarargs
  public static <T> ScriptedSource<T> of(Class<T> type, T... values) {
    ScriptedSource<T> source = new ScriptedSource<>(type);
    for (T value : values) {
      source.record(value);
    }
    return source;
  }

  /** Adds a record with the timestamp 0: for applications that take the time out of the record. */
  public ScriptedSource<T> record(T value) {
    return record(value, 0);
  }

  /**
   * Adds a record.
   *
   * @param timestamp event time in ms since 1970
   */
  public ScriptedSource<T> record(T value, long timestamp) {
    add(new Data<>(value, timestamp));
    return this;
  }

  /** Adds a pause: for so long by the clock of the machine, the split has nothing to read. */
  public ScriptedSource<T> idle(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("a pause must be longer than " + time);
    }
    add(new Pause<>(time));
    return this;
  }

  /** Lets what follows be added to another split; new ones must be named before the run starts. */
  public ScriptedSource<T> split(String id) {
    if (!splits.containsKey(id) && !readers.isEmpty()) {
      throw new IllegalStateException("the source runs already: it has no split '" + id + "'");
    }
    if (splits.size() == 1 && splits.getOrDefault(FIRST, List.of(new End<>())).isEmpty()) {
      splits.clear();
    }
    script = splits.computeIfAbsent(id, name -> new ArrayList<>());
    return this;
  }

  /** Keeps all splits open after their last record, until {@link #end}. */
  public ScriptedSource<T> endless() {
    endless = true;
    return this;
  }

  /** Ends all splits of an endless source, each after what has been added to it. */
  public void end() {
    splits.values().forEach(entries -> entries.add(new End<>()));
  }

  private void add(Entry<T> entry) {
    if (!script.isEmpty() && script.get(script.size() - 1) instanceof End) {
      throw new IllegalStateException("the split has ended; nothing can be added to it");
    }
    if (!endless && !readers.isEmpty()) {
      throw new IllegalStateException(
          "the source runs already; make it endless() to add records during the run");
    }
    script.add(entry);
  }

  /** The clock that pauses go by. */
  void bind(LongSupplier clock) {
    nanos = clock;
  }

  /** Whether a reader could emit something right now. */
  boolean hasUnread() {
    return readers.stream().anyMatch(Reader::canRead);
  }

  /** Whether a reader waits for something to be added. */
  boolean waitsForMore() {
    return readers.stream().anyMatch(Reader::waitsForMore);
  }

  /** How long the shortest pause takes that a reader is in; {@link Long#MAX_VALUE} if none is. */
  long pauseNanos() {
    return readers.stream().mapToLong(Reader::pauseNanos).min().orElse(Long.MAX_VALUE);
  }

  @Override
  public Class<T> type() {
    return type;
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    return splits.keySet().stream().map(id -> new SourceSplit(id, Map.of())).toList();
  }

  @Override
  public SplitReader<T> open(SourceSplit split, ProcessorContext context) {
    if (nanos == null) {
      throw new IllegalStateException("a ScriptedSource runs in a TopologyTest only");
    }
    Reader reader = new Reader(splits.get(split.id()));
    readers.add(reader);
    return reader;
  }

  /** Reads one split; each has its own place in the script. */
  private final class Reader implements SplitReader<T> {
    private final List<Entry<T>> entries;
    private int at;
    private long pausedUntil = Long.MIN_VALUE;
    private boolean closed;

    Reader(List<Entry<T>> entries) {
      this.entries = entries;
    }

    @Override
    public ReadStatus poll(Emitter<T> out, int max) {
      if (paused()) {
        return waiting();
      }
      if (at == entries.size()) {
        return endless ? waiting() : ReadStatus.END;
      }
      Entry<T> entry = entries.get(at);
      if (entry instanceof End) {
        return ReadStatus.END;
      }
      at++;
      if (entry instanceof Pause<T> pause) {
        pausedUntil = nanos.getAsLong() + pause.time().toNanos();
        return waiting();
      }
      Data<T> data = (Data<T>) entry;
      out.emit(data.value(), data.timestamp());
      return ReadStatus.MORE;
    }

    private ReadStatus waiting() {
      return ReadStatus.idle(TopologyRun.POLL_MS);
    }

    private boolean paused() {
      return pausedUntil > nanos.getAsLong();
    }

    boolean canRead() {
      return !closed && !paused() && (at < entries.size() || !endless);
    }

    boolean waitsForMore() {
      return !closed && !paused() && at == entries.size() && endless;
    }

    long pauseNanos() {
      return !closed && paused() ? pausedUntil - nanos.getAsLong() : Long.MAX_VALUE;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
