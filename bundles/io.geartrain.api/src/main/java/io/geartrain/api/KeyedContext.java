package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a keyed processor works with. State is declared in {@link KeyedProcessor#open}, by name; its
 * values belong to the key of the call that reads or writes them.
 *
 * @param <K> type of the keys
 */
@ProviderType
public interface KeyedContext<K> extends ProcessorContext {
  /** The key of the record or timer being processed. */
  K key();

  /** A value for each key. */
  <V> ValueState<V> valueState(String name, Class<V> type);

  /** A list for each key. */
  <V> ListState<V> listState(String name, Class<V> type);

  /** A map for each key. */
  <M, V> MapState<M, V> mapState(String name, Class<M> keyType, Class<V> valueType);

  /** The timers of the key of this call. */
  Timers timers();
}
