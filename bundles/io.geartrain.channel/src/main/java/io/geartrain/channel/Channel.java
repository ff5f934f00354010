package io.geartrain.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Carries batches from one task to another in this JVM, and the empty ones back. One thread at a
 * time acts as producer, one as consumer. A fixed number of batches exists; who holds an empty one
 * may send it.
 *
 * <p>No wake-up is lost: each side first publishes its change, then, behind a full fence, looks
 * whether the other side sleeps; who goes to sleep first says so, then, behind a full fence, looks
 * once more for a change.
 */
public final class Channel {
  private static final VarHandle CREDIT_WANTED;

  static {
    try {
      CREDIT_WANTED =
          MethodHandles.lookup().findVarHandle(Channel.class, "creditWanted", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ChannelId id;
  private final int batchSize;
  private final int credit;
  private final int resumeAt;
  private final Wakeable producer;
  private final Wakeable consumer;
  private final SpscRing<Batch> filled;
  private final SpscRing<Batch> empty;
  private int made;
  private volatile int overdrawn;
  private boolean creditWanted;

  /**
   * A channel.
   *
   * @param sizes how much it may hold
   * @param producer is woken when it waits for credit and half of it is back
   * @param consumer is woken when a batch comes
   */
  public Channel(ChannelId id, ChannelSizes sizes, Wakeable producer, Wakeable consumer) {
    this.id = id;
    this.batchSize = sizes.batchSize();
    this.credit = sizes.batches();
    this.resumeAt = Math.max(1, credit / 2);
    this.producer = producer;
    this.consumer = consumer;
    this.filled = new SpscRing<>(credit);
    this.empty = new SpscRing<>(credit);
  }

  /** Names the channel. */
  public ChannelId id() {
    return id;
  }

  /** An empty batch to fill, or null if there is no credit. By the producer. */
  Batch acquire() {
    Batch batch = empty.poll();
    if (batch == null && made < credit) {
      made++;
      batch = new Batch(batchSize);
    }
    return batch;
  }

  /** A batch beyond the credit, to be kept by the producer until it has one. By the producer. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  Batch overdraw() {
    overdrawn = overdrawn + 1;
    return new Batch(batchSize, true);
  }

  /**
   * Sends an overdrawn batch in place of an empty one, which is dropped; false if there is none. By
   * the producer.
   */
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  boolean sendOverdrawn(Batch batch) {
    Batch right = acquire();
    if (right == null) {
      return false;
    }
    overdrawn = overdrawn - 1;
    batch.joinPool();
    send(batch);
    return true;
  }

  /** Hands a batch over to the consumer. By the producer. */
  void send(Batch batch) {
    if (!filled.offer(batch)) {
      throw new IllegalStateException("more batches than credit in channel " + id);
    }
    VarHandle.fullFence();
    consumer.wake();
  }

  /** How many batches wait for the consumer. */
  int waiting() {
    return filled.size();
  }

  /** Asks to be woken once half of the credit is back. By the producer. */
  void wantCredit() {
    CREDIT_WANTED.setVolatile(this, true);
    VarHandle.fullFence();
  }

  /**
   * Takes {@link #wantCredit} back. By the producer, who alone writes the wish: a consumer that
   * answered an old one would wipe out the next, made since, and nobody would answer that.
   */
  void hasCreditAgain() {
    CREDIT_WANTED.setOpaque(this, false);
  }

  /** Whether a producer without credit should go on. By the producer. */
  boolean resumable() {
    return empty.size() + (credit - made) >= resumeAt;
  }

  /** The next batch, or null. By the consumer. */
  public Batch poll() {
    return filled.poll();
  }

  /** Whether no batch waits. */
  public boolean isEmpty() {
    return filled.isEmpty();
  }

  /** Gives a used batch back as credit. By the consumer. */
  public void recycle(Batch batch) {
    batch.clear();
    if (!empty.offer(batch)) {
      throw new IllegalStateException("more batches than credit come back in channel " + id);
    }
    VarHandle.fullFence();
    if (creditWanted() && empty.size() >= resumeAt) {
      producer.wake();
    }
  }

  private boolean creditWanted() {
    return (boolean) CREDIT_WANTED.getOpaque(this);
  }

  /** How many batches the producer holds beyond the credit; for observation, by anybody. */
  public int overdrawn() {
    return overdrawn;
  }

  /** How many batches may exist within the credit. */
  public int credit() {
    return credit;
  }
}
