package io.geartrain.plan.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.KeySelector;
import java.util.HashMap;
import java.util.Map;

/** The accumulator of each key that a task has seen; on the task's thread. */
final class Accumulators<K, T, A> {
  private final KeySelector<? super T, ? extends K> selector;
  private final Aggregator<? super T, A, ?> aggregator;
  private final Map<K, A> byKey = new HashMap<>();
  private K key;

  Accumulators(
      KeySelector<? super T, ? extends K> selector, Aggregator<? super T, A, ?> aggregator) {
    this.selector = selector;
    this.aggregator = aggregator;
  }

  /** Adds a record; its accumulator as it is then. {@link #key} tells the key. */
  A add(T value) throws Exception {
    key = selector.key(value);
    A before = byKey.get(key);
    A after = aggregator.add(before == null ? aggregator.create() : before, value);
    if (after != before) {
      byKey.put(key, after);
    }
    return after;
  }

  /** Key of the record added last. */
  K key() {
    return key;
  }

  Map<K, A> byKey() {
    return byKey;
  }
}
