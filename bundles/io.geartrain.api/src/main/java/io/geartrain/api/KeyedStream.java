package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A stream whose records are grouped by key.
 *
 * @param <K> type of the keys
 * @param <T> type of the records
 */
@ProviderType
public interface KeyedStream<K, T> {
  /** Groups the records of each key by windows of event time. */
  WindowedStream<K, T> window(Window window);

  /**
   * Folds the records of each key, and hands on the new value after each record. The step is
   * stateful and needs an {@link DataStream#id}.
   */
  <A, R> DataStream<Keyed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator);

  /** Counts the records of each key, and hands on the new count after each record. */
  default DataStream<Keyed<K, Long>> count() {
    return aggregate(Aggregators.counting());
  }
}
