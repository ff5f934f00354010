package io.geartrain.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A list for each key. */
@ProviderType
public interface ListState<V> {
  /** The list of the current key; empty if it has none; unmodifiable. */
  List<V> get();

  /** Adds to the list of the current key. */
  void add(V value);

  /** Replaces the list of the current key. */
  void set(List<V> values);

  /** Forgets the list of the current key. */
  void clear();
}
