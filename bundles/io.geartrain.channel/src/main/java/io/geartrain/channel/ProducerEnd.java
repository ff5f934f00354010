package io.geartrain.channel;

/**
 * A channel as its producer sees it, wherever the consumer is. By one thread at a time, but for
 * what says otherwise.
 */
public interface ProducerEnd {
  /** Names the channel. */
  ChannelId id();

  /** An empty batch to fill, or null if there is no credit; one is out at a time. */
  Batch acquire();

  /** A batch beyond the credit, to be kept by the producer until it has one. */
  Batch overdraw();

  /** Sends an overdrawn batch, or its rest, once there is credit for it; false if there is none. */
  boolean sendOverdrawn(Batch batch);

  /**
   * Hands over the batch that was acquired; it must not be touched any more.
   *
   * @return false if it takes more credit than there is: the producer keeps it then, as an
   *     overdrawn one
   */
  boolean send(Batch batch);

  /** How many batches wait for the consumer. */
  int waiting();

  /** Asks to be woken once half of the credit is back. */
  void wantCredit();

  /** Takes {@link #wantCredit} back. */
  void hasCreditAgain();

  /** Whether a producer without credit should go on; if asked by another thread, perhaps wrong. */
  boolean resumable();

  /** How many batches the producer holds beyond the credit; for observation, by anybody. */
  int overdrawn();

  /** How many batches may exist within the credit. By anybody. */
  int credit();
}
