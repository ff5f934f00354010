package io.geartrain.channel;

import java.util.function.ToIntFunction;

/**
 * Hashes keys as {@link KeyGroup#spread} does, for whoever has many of one class: it is found out
 * once how that is hashed. One thread.
 */
public final class KeyHash implements ToIntFunction<Object> {
  /** A class whose own hash is the same in every process. */
  private Class<?> own;

  /**
   * The hash of a key, spread.
   *
   * @throws IllegalArgumentException if the key, or a part of it, is compared by identity
   */
  @Override
  public int applyAsInt(Object key) {
    if (key instanceof String text) {
      return KeyGroup.mix(text.hashCode());
    }
    return key.getClass() == own ? KeyGroup.mix(key.hashCode()) : find(key);
  }

  private int find(Object key) {
    if (StableHash.isOwn(key.getClass())) {
      own = key.getClass();
    }
    return KeyGroup.mix(StableHash.of(key));
  }
}
