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
   * The hash of a key, spread over all bits; its low bits are the group. Enums count by name,
   * wherever they are in the key, for their own hash differs from process to process.
   *
   * @throws IllegalArgumentException if the key, or a part of it, is compared by identity
   */
  public static int spread(Object key) {
    return mix(StableHash.of(key));
  }

  /** Spreads a hash over all bits. */
  static int mix(int hash) {
    int mixed = hash * 0x9E3779B9;
    mixed ^= mixed >>> 16;
    mixed *= 0x85EBCA6B;
    return mixed ^ mixed >>> 13;
  }
}
