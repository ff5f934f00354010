package io.geartrain.channel;

import java.util.Arrays;

/**
 * Some records of one channel, in order, and what follows them. Owned by the producer while it is
 * filled, by the consumer from {@link Channel#poll} to {@link Channel#recycle}.
 */
public final class Batch {
  /** What follows the records of a batch. */
  public enum Kind {
    /** Nothing but the watermark of the header. */
    DATA,
    /** A barrier: all that comes after this batch belongs to the next checkpoint. */
    BARRIER,
    /** The end: no batch comes after this one. */
    END
  }

  /** The stamp of a batch that has none. */
  public static final long NOT_STAMPED = Long.MIN_VALUE;

  private Object[] values;
  private long[] timestamps;
  private int size;
  private Kind kind = Kind.DATA;
  private long watermark = Long.MIN_VALUE;
  private boolean idle;
  private long checkpoint;
  private long sent;
  private long stamp = NOT_STAMPED;
  private boolean overdrawn;

  /** An empty batch for so many records. */
  public Batch(int capacity) {
    this(capacity, false);
  }

  /**
   * An empty batch.
   *
   * @param overdrawn whether it is made beyond the credit
   */
  public Batch(int capacity, boolean overdrawn) {
    this.values = new Object[capacity];
    this.timestamps = new long[capacity];
    this.overdrawn = overdrawn;
  }

  /**
   * Adds a record; there must be room.
   *
   * @return whether there is room for one more
   */
  public boolean add(Object value, long timestamp) {
    int at = size;
    Object[] target = values;
    target[at] = value;
    timestamps[at] = timestamp;
    size = ++at;
    return at < target.length;
  }

  /** Makes room for at least one more record, beyond the usual size. */
  public void grow() {
    int capacity = Math.max(1, values.length) * 2;
    values = Arrays.copyOf(values, capacity);
    timestamps = Arrays.copyOf(timestamps, capacity);
  }

  /** The records; those up to {@link #size} count. */
  public Object[] values() {
    return values;
  }

  /** Event times of the records in ms. */
  public long[] timestamps() {
    return timestamps;
  }

  /** How many records it holds. */
  public int size() {
    return size;
  }

  /** What follows the records. */
  public Kind kind() {
    return kind;
  }

  /** The watermark that holds after the records, in ms. */
  public long watermark() {
    return watermark;
  }

  /** Whether the producer gets nothing now, so that nobody should wait for its watermark. */
  public boolean isIdle() {
    return idle;
  }

  /** Id of the checkpoint whose barrier follows. */
  public long checkpoint() {
    return checkpoint;
  }

  /** How many records the channel has carried since the barrier before; of a barrier or an end. */
  public long sent() {
    return sent;
  }

  /** Forgets the records, that they may be collected, and can be filled again. */
  public void clear() {
    Arrays.fill(values, 0, size, null);
    size = 0;
    kind = Kind.DATA;
    idle = false;
    stamp = NOT_STAMPED;
  }

  /** When its first record was put in, in ns by the producer's clock; or {@link #NOT_STAMPED}. */
  public long stamp() {
    return stamp;
  }

  /** Says when its first record was put in. */
  void stamp(long nanoTime) {
    stamp = nanoTime;
  }

  /** Says what follows the records. */
  public void seal(Kind follows, long watermarkMs) {
    kind = follows;
    watermark = watermarkMs;
  }

  /** Says whether the producer gets nothing now. */
  public void idle(boolean isIdle) {
    idle = isIdle;
  }

  /** Adds to a barrier or an end what the receiver checks. */
  public void mark(long checkpointId, long recordsSent) {
    checkpoint = checkpointId;
    sent = recordsSent;
  }

  /** Whether it was made beyond the credit. */
  boolean overdrawn() {
    return overdrawn;
  }

  /** Takes the place of a batch within the credit. */
  void joinPool() {
    overdrawn = false;
  }
}
