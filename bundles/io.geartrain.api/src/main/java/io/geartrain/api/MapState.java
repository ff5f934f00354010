package io.geartrain.api;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A map for each key. */
@ProviderType
public interface MapState<M, V> {
  /** A value of the current key's map; null if there is none. */
  V get(M key);

  /** Sets a value in the current key's map. */
  void put(M key, V value);

  /** Removes a value from the current key's map. */
  void remove(M key);

  /** The current key's map; unmodifiable. */
  Map<M, V> entries();

  /** Forgets the map of the current key. */
  void clear();
}
