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
    int hash = key.hashCode() * 0x9E3779B9;
    hash ^= hash >>> 16;
    hash *= 0x85EBCA6B;
    return (hash ^ hash >>> 13) & keyGroups - 1;
  }
}
