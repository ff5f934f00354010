package io.geartrain.transport;

import io.geartrain.channel.Batch;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.CreditRing;
import io.geartrain.channel.ProducerEnd;
import io.geartrain.spi.Output;

/**
 * The producer's end of a channel of bytes: a batch becomes frames in the moment in which it is
 * handed over. An empty buffer is the credit. On the sending task's thread.
 */
final class FrameSender implements ProducerEnd {
  private final FrameChannel channel;
  private final int batchSize;
  private final CreditRing<Output> buffers;
  private final FrameEncoder encoder;
  private Output right;
  private Batch spare;
  private volatile int overdrawn;

  /**
   * An end.
   *
   * @param batchSize records per batch
   * @param buffers carries the frames; what it makes are empty outputs
   */
  FrameSender(
      FrameChannel channel, int batchSize, CreditRing<Output> buffers, FrameEncoder encoder) {
    this.channel = channel;
    this.batchSize = batchSize;
    this.buffers = buffers;
    this.encoder = encoder;
  }

  @Override
  public ChannelId id() {
    return channel.id();
  }

  @Override
  public Batch acquire() {
    if (right != null) {
      throw new IllegalStateException("a batch of channel " + channel.id() + " is still out");
    }
    right = buffers.acquire();
    if (right == null) {
      return null;
    }
    Batch batch = spare == null ? new Batch(batchSize) : spare;
    spare = null;
    return batch;
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  public Batch overdraw() {
    overdrawn = overdrawn + 1;
    return new Batch(batchSize, true);
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  public boolean sendOverdrawn(Batch batch) {
    Output buffer = buffers.acquire();
    if (buffer == null) {
      return false;
    }
    overdrawn = overdrawn - 1;
    encoder.write(batch, buffer);
    buffers.send(buffer);
    return true;
  }

  @Override
  public void send(Batch batch) {
    Output buffer = right;
    right = null;
    encoder.write(batch, buffer);
    batch.clear();
    spare = batch;
    buffers.send(buffer);
  }

  @Override
  public int waiting() {
    return buffers.waiting();
  }

  @Override
  public void wantCredit() {
    buffers.wantCredit();
  }

  @Override
  public void hasCreditAgain() {
    buffers.hasCreditAgain();
  }

  @Override
  public boolean resumable() {
    return buffers.resumable();
  }

  @Override
  public int overdrawn() {
    return overdrawn;
  }

  @Override
  public int credit() {
    return buffers.credit();
  }
}
