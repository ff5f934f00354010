package io.geartrain.api;

import java.time.Duration;
import java.util.Comparator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A keyed stream cut into windows; each window's result is handed on when the watermark passes the
 * window's end. All steps over it are stateful and need an {@link DataStream#id}.
 *
 * @param <K> type of the keys
 * @param <T> type of the records
 */
@ProviderType
public interface WindowedStream<K, T> {
  /**
   * Keeps a window for so long after its end: a late record within that time is added, and the new
   * result handed on at once. What is later still goes to {@link #lateTo}, or is counted and
   * dropped.
   */
  WindowedStream<K, T> allowedLateness(Duration lateness);

  /**
   * Sends records that are too late to a side output; read it with {@link DataStream#sideOutput} on
   * the stream of results.
   */
  WindowedStream<K, T> lateTo(OutputTag<T> output);

  /** Folds the records of each key and window. */
  <A, R> DataStream<Windowed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator);

  /** Counts the records of each key and window. */
  default DataStream<Windowed<K, Long>> count() {
    return aggregate(Aggregators.counting());
  }

  /** Adds up a number of the records of each key and window. */
  default DataStream<Windowed<K, Long>> sum(LongFunction<? super T> number) {
    return aggregate(Aggregators.summing(number));
  }

  /** Keeps the least record of each key and window. */
  default DataStream<Windowed<K, T>> min(Comparator<? super T> order) {
    return aggregate(Aggregators.min(order));
  }

  /** Keeps the greatest record of each key and window. */
  default DataStream<Windowed<K, T>> max(Comparator<? super T> order) {
    return aggregate(Aggregators.max(order));
  }

  /** Reduces the records of each key and window to one. */
  default DataStream<Windowed<K, T>> reduce(ReduceFunction<T> function) {
    return aggregate(Aggregators.reducing(function));
  }
}
