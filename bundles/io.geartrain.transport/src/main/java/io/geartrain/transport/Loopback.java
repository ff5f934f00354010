package io.geartrain.transport;

import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.ConsumerEnd;
import io.geartrain.channel.CreditRing;
import io.geartrain.channel.ProducerEnd;
import io.geartrain.channel.Wakeable;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Output;
import java.util.function.Supplier;

/**
 * A channel of bytes between two tasks of this JVM: all that a channel between two JVMs does, but
 * for the connection.
 *
 * @param producerEnd for the task that sends
 * @param consumerEnd for the task that receives
 */
public record Loopback(ProducerEnd producerEnd, ConsumerEnd consumerEnd) {
  /**
   * Opens a channel.
   *
   * @param channel what both ends know of it
   * @param sizes how much it may hold
   * @param codecs gives what writes and reads any record; asked by each end, once, on its task's
   *     thread
   * @param producer is woken when it waits for credit and half of it is back
   * @param consumer is woken when a batch comes
   */
  public static Loopback open(
      FrameChannel channel,
      ChannelSizes sizes,
      Supplier<Codec<Object>> codecs,
      Wakeable producer,
      Wakeable consumer) {
    CreditRing<Output> buffers =
        new CreditRing<>(channel.id(), sizes.batches(), Output::new, producer, consumer);
    return new Loopback(
        new FrameSender(channel, sizes.batchSize(), buffers, new FrameEncoder(channel, codecs)),
        new FrameReceiver(channel, sizes.batchSize(), buffers, new FrameDecoder(channel, codecs)));
  }
}
