package io.geartrain.state;

/**
 * The entries of one key group: open addressing with linear probing. Hashes are kept, so that
 * growing asks no key. Each entry has a stamp: the version at which it was made, or last written to
 * a snapshot. Owned by the task's thread.
 */
final class Entries {
  private static final int SMALLEST = 4;

  private final int groupBits;
  private Object[] slots = new Object[2 * SMALLEST];
  private int[] hashes = new int[SMALLEST];
  private int[] stamps = new int[SMALLEST];
  private int mask = SMALLEST - 1;
  private int size;

  Entries(int groupBits) {
    this.groupBits = groupBits;
  }

  int size() {
    return size;
  }

  int capacity() {
    return mask + 1;
  }

  /** Slot of a key; the complement of the slot where it would go if it is not there. */
  int find(Object key, int hash) {
    int at = hash >>> groupBits & mask;
    while (true) {
      Object other = slots[2 * at];
      if (other == null) {
        return ~at;
      }
      if (hashes[at] == hash && (other == key || other.equals(key))) {
        return at;
      }
      at = at + 1 & mask;
    }
  }

  Object key(int slot) {
    return slots[2 * slot];
  }

  Object value(int slot) {
    return slots[2 * slot + 1];
  }

  int hash(int slot) {
    return hashes[slot];
  }

  int stamp(int slot) {
    return stamps[slot];
  }

  void value(int slot, Object value) {
    slots[2 * slot + 1] = value;
  }

  void stamp(int slot, int stamp) {
    stamps[slot] = stamp;
  }

  /**
   * Adds an entry whose key is not there.
   *
   * @param slot where it goes, by {@link #find}
   * @return true if entries have changed their slots
   */
  boolean insert(int slot, Object key, int hash, Object value, int stamp) {
    place(slot, key, hash, value, stamp);
    size++;
    if (size * 5L > capacity() * 3L) {
      resize(capacity() * 2);
      return true;
    }
    return false;
  }

  private void place(int slot, Object key, int hash, Object value, int stamp) {
    slots[2 * slot] = key;
    slots[2 * slot + 1] = value;
    hashes[slot] = hash;
    stamps[slot] = stamp;
  }

  /** The slot whose entry has to move into a hole, so that it is still found; -1 if none has. */
  int successor(int hole) {
    int at = hole;
    while (true) {
      at = at + 1 & mask;
      if (slots[2 * at] == null) {
        return -1;
      }
      int home = hashes[at] >>> groupBits & mask;
      if ((at - home & mask) >= (at - hole & mask)) {
        return at;
      }
    }
  }

  /** Moves an entry into a hole. */
  void move(int from, int hole) {
    place(hole, slots[2 * from], hashes[from], slots[2 * from + 1], stamps[from]);
  }

  /** Empties a slot that has no successor. */
  void erase(int slot) {
    slots[2 * slot] = null;
    slots[2 * slot + 1] = null;
    size--;
  }

  /**
   * Gives room back if there is much too much.
   *
   * @return true if entries have changed their slots
   */
  boolean shrink() {
    int capacity = capacity();
    while (capacity > SMALLEST && size * 8L < capacity) {
      capacity /= 2;
    }
    if (capacity == capacity()) {
      return false;
    }
    resize(capacity);
    return true;
  }

  private void resize(int capacity) {
    Object[] oldSlots = slots;
    int[] oldHashes = hashes;
    int[] oldStamps = stamps;
    slots = new Object[2 * capacity];
    hashes = new int[capacity];
    stamps = new int[capacity];
    mask = capacity - 1;
    for (int i = 0; i < oldHashes.length; i++) {
      Object key = oldSlots[2 * i];
      if (key != null) {
        int at = oldHashes[i] >>> groupBits & mask;
        while (slots[2 * at] != null) {
          at = at + 1 & mask;
        }
        place(at, key, oldHashes[i], oldSlots[2 * i + 1], oldStamps[i]);
      }
    }
  }
}
