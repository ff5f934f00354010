package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A keyed stream cut into windows; each window's result is handed on once, when the watermark
 * passes the window's end.
 *
 * @param <K> type of the keys
 * @param <T> type of the records
 */
@ProviderType
public interface WindowedStream<K, T> {
  /**
   * Folds the records of each key and window. The step is stateful and needs an {@link
   * DataStream#id}.
   */
  <A, R> DataStream<Windowed<K, R>> aggregate(Aggregator<? super T, A, R> aggregator);

  /** Counts the records of each key and window. */
  default DataStream<Windowed<K, Long>> count() {
    return aggregate(Aggregators.counting());
  }
}
