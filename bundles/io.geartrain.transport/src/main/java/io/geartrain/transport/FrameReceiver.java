package io.geartrain.transport;

import io.geartrain.channel.Batch;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.ConsumerEnd;
import io.geartrain.channel.CreditRing;
import io.geartrain.spi.Output;

/**
 * The consumer's end of a channel of bytes: a frame becomes a batch when it is polled, always the
 * same one. On the receiving task's thread, but for {@link #isEmpty}.
 */
final class FrameReceiver implements ConsumerEnd {
  /** A buffer that a large record has made larger than this is not used again. */
  private static final int LARGEST_KEPT_BYTES = 2 << 20;

  private final FrameChannel channel;
  private final CreditRing<Output> buffers;
  private final FrameDecoder decoder;
  private final Batch batch;
  private Output current;

  /**
   * An end.
   *
   * @param batchSize records per batch, as a rule
   * @param buffers carries the frames
   */
  FrameReceiver(
      FrameChannel channel, int batchSize, CreditRing<Output> buffers, FrameDecoder decoder) {
    this.channel = channel;
    this.buffers = buffers;
    this.decoder = decoder;
    this.batch = new Batch(batchSize);
  }

  @Override
  public ChannelId id() {
    return channel.id();
  }

  @Override
  public Batch poll() {
    current = buffers.poll();
    if (current == null) {
      return null;
    }
    decoder.read(current.array(), current.size(), batch);
    return batch;
  }

  @Override
  public boolean isEmpty() {
    return buffers.isEmpty();
  }

  @Override
  public void recycle(Batch used) {
    used.clear();
    Output done = current;
    current = null;
    done.clear();
    buffers.recycle(done.array().length > LARGEST_KEPT_BYTES ? new Output() : done);
  }
}
