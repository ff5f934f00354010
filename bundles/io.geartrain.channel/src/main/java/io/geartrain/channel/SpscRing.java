package io.geartrain.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The fields of a ring, each on its own cache lines. */
abstract class SpscRingFields {
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(SpscRingFields.class, "head", long.class);
      TAIL = lookup.findVarHandle(SpscRingFields.class, "tail", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private long a1, a2, a3, a4, a5, a6, a7, a8;

  private long head;

  @SuppressWarnings("unused")
  private long b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;

  private long tail;

  @SuppressWarnings("unused")
  private long c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15;

  final long headAcquire() {
    return (long) HEAD.getAcquire(this);
  }

  final long headPlain() {
    return head;
  }

  final void headRelease(long value) {
    HEAD.setRelease(this, value);
  }

  final long tailAcquire() {
    return (long) TAIL.getAcquire(this);
  }

  final long tailPlain() {
    return tail;
  }

  final void tailRelease(long value) {
    TAIL.setRelease(this, value);
  }
}

/**
 * A bounded queue for one producing and one consuming thread at a time; anybody may ask for its
 * size. Who hands over a role to another thread must do so with a happens-before edge.
 *
 * @param <T> type of the elements
 */
final class SpscRing<T> extends SpscRingFields {
  private final T[] slots;
  private final int mask;

  /**
   * A ring.
   *
   * @param capacity how many elements it must hold; rounded up to a power of two
   */
  @SuppressWarnings("unchecked")
  SpscRing(int capacity) {
    int length = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
    slots = (T[]) new Object[Math.max(length, 2)];
    mask = slots.length - 1;
  }

  /** Adds an element; false if it is full. By the producer. */
  boolean offer(T element) {
    long tail = tailPlain();
    if (tail - headAcquire() > mask) {
      return false;
    }
    slots[(int) tail & mask] = element;
    tailRelease(tail + 1);
    return true;
  }

  /** Takes the eldest element; null if it is empty. By the consumer. */
  T poll() {
    long head = headPlain();
    if (head == tailAcquire()) {
      return null;
    }
    int slot = (int) head & mask;
    T element = slots[slot];
    slots[slot] = null;
    headRelease(head + 1);
    return element;
  }

  boolean isEmpty() {
    return headAcquire() == tailAcquire();
  }

  /** How many elements it holds, at some moment during the call. */
  int size() {
    long head = headAcquire();
    return (int) Math.max(0, Math.min(tailAcquire() - head, mask + 1L));
  }
}
