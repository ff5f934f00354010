package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/** A value for each key. Treat values as immutable: change them by {@link #set}. */
@ProviderType
public interface ValueState<V> {
  /** The value of the current key; null if it has none. */
  V get();

  /** Sets the value of the current key; null clears it. */
  void set(V value);

  /** Forgets the value of the current key. */
  void clear();
}
