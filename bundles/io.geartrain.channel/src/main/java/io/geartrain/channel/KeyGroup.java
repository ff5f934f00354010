package io.geartrain.channel;

/** Finds the group of a key; the same in every task and process. */
public final class KeyGroup {
  private KeyGroup() {}

  /**
   * The group of a key.
   *
   * @param keyGroups how many there are; a power of two
   */
  public static int of(Object key, int keyGroups) {
    return spread(key) & keyGroups - 1;
  }

  /**
   * The hash of a key, spread over all bits; its low bits are the group. Enums count by name, for
   * their own hash differs from process to process.
   */
  public static int spread(Object key) {
    int hash = key instanceof Enum<?> constant ? constant.name().hashCode() : key.hashCode();
    hash *= 0x9E3779B9;
    hash ^= hash >>> 16;
    hash *= 0x85EBCA6B;
    return hash ^ hash >>> 13;
  }
}
