package io.geartrain.transport;

import io.geartrain.channel.Batch;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.ConsumerEnd;
import io.geartrain.channel.CreditRing;
import io.geartrain.spi.Output;

/**
 * The consumer's end of a channel of bytes: frames become a batch when it is polled, always the
 * same one. On the receiving task's thread, but for {@link #isEmpty}.
 */
final class FrameReceiver implements ConsumerEnd {
  /** A buffer that a large batch has made larger than this is not used again. */
  private static final int LARGEST_KEPT_BYTES = 2 << 20;

  private final FrameChannel channel;
  private final CreditRing<Output> buffers;
  private final FrameDecoder decoder;
  private final Batch batch;
  private Output current;
  private int position;
  private volatile boolean more;

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
    if (current == null) {
      current = buffers.poll();
      position = 0;
      if (current == null) {
        return null;
      }
    }
    position = decoder.read(current.array(), position, current.size(), batch);
    if (decoder.isContinued() != position < current.size()) {
      throw decoder.corrupt(
          "frames came together that belong to different batches, or the rest of one is missing");
    }
    return batch;
  }

  @Override
  public boolean isEmpty() {
    return !more && buffers.isEmpty();
  }

  @Override
  public void recycle(Batch used) {
    used.clear();
    boolean left = decoder.isContinued();
    if (left != more) {
      more = left;
    }
    if (!left) {
      Output done = current;
      current = null;
      done.clear();
      buffers.recycle(done.array().length > LARGEST_KEPT_BYTES ? new Output() : done);
    }
  }
}
