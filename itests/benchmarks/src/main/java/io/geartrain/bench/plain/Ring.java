package io.geartrain.bench.plain;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** A ring for one producer and one consumer, who spin briefly and then yield. */
final class Ring<T> {
  private static final int SPINS = 1000;

  private final AtomicReferenceArray<T> slots;
  private final int mask;

  /** A ring of so many slots, a power of two; producer and consumer each count for themselves. */
  Ring(int size) {
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
  }

  /** Puts an element at a place; waits until it is free. */
  void put(long at, T element) {
    int slot = (int) at & mask;
    for (int i = 0; slots.getAcquire(slot) != null; i++) {
      pause(i);
    }
    slots.setRelease(slot, element);
  }

  /** Takes the element of a place; waits until it is there. */
  T take(long at) {
    int slot = (int) at & mask;
    T element = slots.getAcquire(slot);
    for (int i = 0; element == null; i++) {
      pause(i);
      element = slots.getAcquire(slot);
    }
    slots.setRelease(slot, null);
    return element;
  }

  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
