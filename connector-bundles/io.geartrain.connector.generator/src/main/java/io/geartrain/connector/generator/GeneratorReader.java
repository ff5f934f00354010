package io.geartrain.connector.generator;

import io.geartrain.api.Emitter;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.util.concurrent.TimeUnit;

/** Gives the records of one split. Owned by the thread of its task. */
final class GeneratorReader<T> implements SplitReader<T> {
  private static final long NO_EVENT_TIME = 0;
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Generator<T> generator;
  private final Pace pace;
  private final long count;
  private final int step;
  private long next;

  /** Reads these indexes. */
  GeneratorReader(Generator<T> generator, Indexes indexes, Pace pace) {
    this.generator = generator;
    this.pace = pace;
    this.count = indexes.count();
    this.step = indexes.step();
    this.next = indexes.next();
  }

  @Override
  public ReadStatus poll(Emitter<T> out, int max) {
    int due = pace.due(max);
    int given = 0;
    while (given < due && next < count) {
      out.emit(generate(next), NO_EVENT_TIME);
      next += step;
      given++;
    }
    pace.made(given);
    if (next >= count) {
      return ReadStatus.END;
    }
    return due == max ? ReadStatus.MORE : ReadStatus.idle((pace.waitNanos() - 1) / MS + 1);
  }

  /** The record of an index; the message of a failure names it. */
  private T generate(long index) {
    T made;
    try {
      made = generator.generate(index);
    } catch (Exception e) {
      throw new IllegalStateException("the generator failed at index " + index + ": " + e, e);
    }
    if (made == null) {
      throw new NullPointerException("the generator gave null for index " + index);
    }
    return made;
  }

  @Override
  public SourceSplit remaining() {
    return new Indexes(next, count, step, pace.waitNanos()).toSplit();
  }
}
