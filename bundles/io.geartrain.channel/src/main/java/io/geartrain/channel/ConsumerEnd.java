package io.geartrain.channel;

/**
 * A channel as its consumer sees it, wherever the producer is. By one thread at a time, but for
 * {@link #isEmpty}.
 */
public interface ConsumerEnd {
  /** Names the channel. */
  ChannelId id();

  /** The next batch, or null; one is out at a time. */
  Batch poll();

  /** Whether no batch waits. By anybody. */
  boolean isEmpty();

  /** Gives a used batch back as credit. */
  void recycle(Batch batch);
}
