package io.geartrain.execution.internal;

/**
 * What the records of one key and slice make together, in one sending task. Owned by the task that
 * adds records to it, then by the task that it is sent to.
 */
final class Partial {
  private final Object key;
  private final int hash;
  private final long slice;
  private Object accumulator;
  private long records;

  /**
   * A partial without records.
   *
   * @param hash of the key, spread
   * @param slice start of the slice, in ms
   */
  Partial(Object key, int hash, long slice, Object accumulator) {
    this(key, hash, slice, 0, accumulator);
  }

  /**
   * A partial.
   *
   * @param records how many it stands for
   */
  Partial(Object key, int hash, long slice, long records, Object accumulator) {
    this.key = key;
    this.hash = hash;
    this.slice = slice;
    this.records = records;
    this.accumulator = accumulator;
  }

  /** One record was added. */
  void added(Object newAccumulator) {
    if (newAccumulator != accumulator) {
      accumulator = newAccumulator;
    }
    records++;
  }

  Object key() {
    return key;
  }

  int hash() {
    return hash;
  }

  long slice() {
    return slice;
  }

  Object accumulator() {
    return accumulator;
  }

  /** How many records it stands for. */
  long records() {
    return records;
  }
}
