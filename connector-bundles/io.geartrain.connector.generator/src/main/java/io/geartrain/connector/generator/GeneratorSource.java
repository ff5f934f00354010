package io.geartrain.connector.generator;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Makes each record from its running number, from 0 up to a count or for ever, as fast as it is
 * read or at a fixed rate.
 *
 * <pre>{@code
 * streams
 *     .from(GeneratorSource.of(String.class, index -> "user " + index % 3).count(5))
 *     .keyBy(String.class, user -> user)
 *     .window(Window.global())
 *     .count()
 *     .id("count")
 *     .map(String.class, count -> count.key() + ": " + count.value())
 *     .to(out);
 * // gives: user 0: 2, user 1: 2, user 2: 1
 * }</pre>
 *
 * <ul>
 *   <li>Each index is given once. Of {@code n} splits, split {@code i} gives the indexes {@code i},
 *       {@code i + n}, {@code i + 2n} and so on, in this order; records of different splits come in
 *       any order.
 *   <li>It can be replayed: its position is the next index of each split, so the function must give
 *       the same record for the same index.
 *   <li>Records carry no event time: their timestamp is 0 until the application assigns one.
 *   <li>A function that throws or gives null fails the application, with the index in the message.
 * </ul>
 *
 * <p>Immutable.
 *
 * @param <T> type of the records
 */
public final class GeneratorSource<T> implements Source<T> {
  private static final int DEFAULT_SPLITS = 16;
  private static final int MOST_SPLITS = 1 << 16;

  private final Class<T> type;
  private final Generator<T> generator;
  private final long count;
  private final double perSecond;
  private final int splits;
  private final LongSupplier nanoClock;

  private GeneratorSource(
      Class<T> type,
      Generator<T> generator,
      long count,
      double perSecond,
      int splits,
      LongSupplier nanoClock) {
    this.type = type;
    this.generator = generator;
    this.count = count;
    this.perSecond = perSecond;
    this.splits = splits;
    this.nanoClock = nanoClock;
  }

  /**
   * An endless source, as fast as it is read.
   *
   * @param type class of the records
   * @param generator makes them; each task has the one that its own run of the definition made
   */
  public static <T> GeneratorSource<T> of(Class<T> type, Generator<T> generator) {
    Objects.requireNonNull(type, "type is null; give the class of the records");
    Objects.requireNonNull(generator, "generator is null; give a function that makes the records");
    return new GeneratorSource<>(
        type, generator, Indexes.ENDLESS, Pace.UNLIMITED, DEFAULT_SPLITS, System::nanoTime);
  }

  /**
   * The same source with an end.
   *
   * @param records how many there are in all, 0 or more
   */
  public GeneratorSource<T> count(long records) {
    if (records < 0) {
      throw new IllegalArgumentException(
          "a generator can't give %d records; give a count of 0 or more, or none for an endless one"
              .formatted(records));
    }
    return new GeneratorSource<>(type, generator, records, perSecond, splits, nanoClock);
  }

  /**
   * The same source at a fixed rate. What could not be read in time is read later, as fast as
   * possible. After a restart the rate begins anew: nothing is made up for.
   *
   * @param records how many a second over all splits, more than 0; 0.1 is one in 10 s
   */
  public GeneratorSource<T> ratePerSecond(double records) {
    if (!(records > 0) || Double.isInfinite(records)) {
      throw new IllegalArgumentException(
          "a rate of %s records a second can't be kept; give one above 0, or none for full speed"
              .formatted(records));
    }
    return new GeneratorSource<>(type, generator, count, records, splits, nanoClock);
  }

  /**
   * The same source in so many splits, of which each is read by one task. An application that goes
   * on from a savepoint keeps the splits that it had.
   *
   * @param number from 1 to 65,536; 16 unless told. A task opens more than 16 splits only while all
   *     of these have nothing to read, so more than 16 for each task are for sources that end or
   *     have a rate.
   */
  public GeneratorSource<T> splitInto(int number) {
    if (number < 1 || number > MOST_SPLITS) {
      throw new IllegalArgumentException(
          "a generator can't be split into %d; give a number from 1 to %d"
              .formatted(number, MOST_SPLITS));
    }
    return new GeneratorSource<>(type, generator, count, perSecond, number, nanoClock);
  }

  /**
   * The same source with its rate by another clock than the machine's; for tests. Does nothing
   * without a rate.
   */
  public GeneratorSource<T> clock(Clock clock) {
    Objects.requireNonNull(clock, "clock is null; give one, or leave it out for the machine's");
    return new GeneratorSource<>(
        type, generator, count, perSecond, splits, () -> nanos(clock.instant()));
  }

  private static long nanos(Instant now) {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public Class<T> type() {
    return type;
  }

  @Override
  public List<SourceSplit> splits(int parallelism) {
    return IntStream.range(0, splits)
        .mapToObj(split -> new Indexes(split, count, splits, turnNanos(split)).toSplit())
        .toList();
  }

  /** When the first record of a split is due, so that those of all splits come evenly. */
  private long turnNanos(int split) {
    return (long) Pace.nanosFor(split, perSecond);
  }

  /**
   * Checks that what is left was left by a generator of the same count.
   *
   * @throws IllegalArgumentException if it was not; the message names the split or the counts
   */
  @Override
  public void validateRemaining(List<SourceSplit> left) {
    left.forEach(split -> Indexes.of(split).requireCount(count));
  }

  @Override
  public SplitReader<T> open(SourceSplit split, ProcessorContext context) {
    Indexes indexes = Indexes.of(split);
    return new GeneratorReader<>(
        generator, indexes, new Pace(nanoClock, perSecond, indexes.step(), indexes.waitNanos()));
  }
}
