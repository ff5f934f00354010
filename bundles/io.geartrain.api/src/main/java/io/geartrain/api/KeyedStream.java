package io.geartrain.api;

import java.util.Comparator;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A stream whose records are grouped by key. All steps over it are stateful and need an {@link
 * DataStream#id}. Without a window, each hands on the new value after each record.
 *
 * <pre>{@code
 * streams
 *     .from(lines)
 *     .keyBy(Integer.class, String::length)
 *     .fold(() -> "", (all, line) -> all + line)
 *     .id("joined")
 *     .map(String.class, joined -> joined.value())
 *     .to(out);
 * // the lines "a", "bc", "d" give: a, ad, bc
 * }</pre>
 *
 * @param <K> type of the keys
 * @param <T> type of the records
 */
@ProviderType
public interface KeyedStream<K, T> {
  /** Groups the records of each key by windows of event time. */
  WindowedStream<K, T> window(Window window);

  /** Folds the records of each key. */
  <A, R> DataStream<Keyed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator);

  /** Counts the records of each key. */
  default DataStream<Keyed<K, Long>> count() {
    return aggregate(Aggregators.counting());
  }

  /** Adds up a number of the records of each key. */
  default DataStream<Keyed<K, Long>> sum(LongFunction<? super T> number) {
    return aggregate(Aggregators.summing(number));
  }

  /** Keeps the least record of each key. */
  default DataStream<Keyed<K, T>> min(Comparator<? super T> order) {
    return aggregate(Aggregators.min(order));
  }

  /** Keeps the greatest record of each key. */
  default DataStream<Keyed<K, T>> max(Comparator<? super T> order) {
    return aggregate(Aggregators.max(order));
  }

  /** Reduces the records of each key to one. */
  default DataStream<Keyed<K, T>> reduce(ReduceFunction<T> function) {
    return aggregate(Aggregators.reducing(function));
  }

  /**
   * Folds the records of each key into a value.
   *
   * @param initial makes the value that has seen nothing; a fresh one each time if it is mutable
   */
  default <A> DataStream<Keyed<K, A>> fold(
      Supplier<A> initial, FoldFunction<A, ? super T> function) {
    return aggregate(Aggregators.folding(initial, function));
  }

  /** Hands each record to a processor of one's own, with state and timers for each key. */
  <R> DataStream<R> process(Class<R> type, KeyedProcessorSupplier<K, ? super T, R> processor);

  /**
   * Joins each record with each record of the other stream that has an equal key and falls into the
   * same window; pairs leave when the watermark passes the window's end. A join of the id {@code
   * paid} is made of the steps {@code paid-left}, {@code paid-right}, {@code paid-window} and
   * {@code paid}.
   */
  <U, R> DataStream<R> windowJoin(
      KeyedStream<K, U> other,
      Window window,
      Class<R> type,
      JoinFunction<? super T, ? super U, ? extends R> function);
}
