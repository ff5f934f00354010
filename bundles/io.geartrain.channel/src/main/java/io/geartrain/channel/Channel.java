package io.geartrain.channel;

/**
 * Carries batches from one task to another in this JVM, and the empty ones back. One thread at a
 * time acts as producer, one as consumer.
 */
public final class Channel implements ProducerEnd, ConsumerEnd {
  private final ChannelId id;
  private final int batchSize;
  private final CreditRing<Batch> batches;
  private volatile int overdrawn;

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
    this.batches =
        new CreditRing<>(id, sizes.batches(), () -> new Batch(batchSize), producer, consumer);
  }

  @Override
  public ChannelId id() {
    return id;
  }

  @Override
  public Batch acquire() {
    return batches.acquire();
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  public Batch overdraw() {
    overdrawn = overdrawn + 1;
    return new Batch(batchSize, true);
  }

  /** Sends an overdrawn batch in place of an empty one, which is dropped. */
  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  public boolean sendOverdrawn(Batch batch) {
    Batch right = acquire();
    if (right == null) {
      return false;
    }
    overdrawn = overdrawn - 1;
    batch.joinPool();
    send(batch);
    return true;
  }

  @Override
  public boolean send(Batch batch) {
    batches.send(batch);
    return true;
  }

  @Override
  public int waiting() {
    return batches.waiting();
  }

  @Override
  public void wantCredit() {
    batches.wantCredit();
  }

  @Override
  public void hasCreditAgain() {
    batches.hasCreditAgain();
  }

  @Override
  public boolean resumable() {
    return batches.resumable();
  }

  @Override
  public Batch poll() {
    return batches.poll();
  }

  @Override
  public boolean isEmpty() {
    return batches.isEmpty();
  }

  @Override
  public void recycle(Batch batch) {
    batch.clear();
    batches.recycle(batch);
  }

  @Override
  public int overdrawn() {
    return overdrawn;
  }

  @Override
  public int credit() {
    return batches.credit();
  }
}
