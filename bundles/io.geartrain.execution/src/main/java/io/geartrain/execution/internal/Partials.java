package io.geartrain.execution.internal;

import java.util.Arrays;
import java.util.function.Consumer;

/** The partials of one slice, by key: open addressing, to be emptied and used again. One thread. */
final class Partials {
  private static final int SMALLEST = 64;

  private int[] hashes = new int[SMALLEST];
  private Partial[] slots = new Partial[SMALLEST];
  private int size;

  /** The partial of a key; null if there is none. The key does not escape. */
  Partial find(Object key, int hash) {
    int mask = slots.length - 1;
    int at = hash >>> 10 & mask;
    while (true) {
      Partial partial = slots[at];
      if (partial == null) {
        return null;
      }
      if (hashes[at] == hash && key.equals(partial.key())) {
        return partial;
      }
      at = at + 1 & mask;
    }
  }

  /** Adds a partial whose key has none. */
  void add(Partial partial) {
    if (2 * ++size > slots.length) {
      Partial[] old = slots;
      slots = new Partial[2 * old.length];
      hashes = new int[slots.length];
      for (Partial moved : old) {
        if (moved != null) {
          place(moved);
        }
      }
    }
    place(partial);
  }

  private void place(Partial partial) {
    int mask = slots.length - 1;
    int at = partial.hash() >>> 10 & mask;
    while (slots[at] != null) {
      at = at + 1 & mask;
    }
    slots[at] = partial;
    hashes[at] = partial.hash();
  }

  int size() {
    return size;
  }

  /** Hands out all, and is empty then. */
  void drainTo(Consumer<Partial> taker) {
    for (Partial partial : slots) {
      if (partial != null) {
        taker.accept(partial);
      }
    }
    Arrays.fill(slots, null);
    size = 0;
  }
}
