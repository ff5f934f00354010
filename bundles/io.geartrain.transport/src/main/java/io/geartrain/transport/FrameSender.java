package io.geartrain.transport;

import io.geartrain.channel.Batch;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.CreditRing;
import io.geartrain.channel.ProducerEnd;
import io.geartrain.spi.Output;

/**
 * The producer's end of a channel of bytes: a batch becomes frames in the moment in which it is
 * handed over. An empty buffer is the credit for a frame. On the sending task's thread.
 */
final class FrameSender implements ProducerEnd {
  private final FrameChannel channel;
  private final int batchSize;
  private final CreditRing<Output> buffers;
  private final FrameEncoder encoder;
  private Output right;
  private Batch spare;

  /** How much of a batch has left, the rest of which waits for credit. */
  private int written;

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
    if (!write(batch, buffers.acquire())) {
      return false;
    }
    overdrawn = overdrawn - 1;
    return true;
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  public boolean send(Batch batch) {
    Output buffer = right;
    right = null;
    if (!write(batch, buffer)) {
      overdrawn = overdrawn + 1;
      return false;
    }
    batch.clear();
    spare = batch;
    return true;
  }

  /** Sends frames as long as there is credit; whether that was all of the batch. */
  private boolean write(Batch batch, Output first) {
    for (Output buffer = first; buffer != null; buffer = buffers.acquire()) {
      written = encoder.write(batch, written, buffer);
      buffers.send(buffer);
      if (written == batch.size()) {
        written = 0;
        return true;
      }
    }
    return false;
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
