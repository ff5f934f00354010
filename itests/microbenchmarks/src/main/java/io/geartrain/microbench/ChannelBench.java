package io.geartrain.microbench;

import io.geartrain.channel.Channel;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Credit;
import io.geartrain.channel.ForwardRouter;
import io.geartrain.channel.HashRouter;
import io.geartrain.channel.Incarnation;
import io.geartrain.channel.ProducerEnd;
import io.geartrain.channel.RoutingTable;
import io.geartrain.channel.Wakeable;
import io.geartrain.codec.CodecRegistry;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.plan.KeyGroups;
import io.geartrain.spi.Codec;
import io.geartrain.transport.FrameChannel;
import io.geartrain.transport.Loopback;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A record on its way from one task to another, both on one thread: routed, sent, taken. */
@State(Scope.Thread)
public class ChannelBench {
  private static final Wakeable NOBODY = () -> {};
  private static final int RECORDS = 256;
  private static final int TASKS = 4;

  private final Words words = new Words();
  private final Credit credit = new Credit();
  private final ForwardRouter byReference;
  private final Taker referenceTaker;
  private final ForwardRouter asBytes;
  private final Taker bytesTaker;
  private final HashRouter byKey;
  private final Taker keyTaker;

  /** Empty channels. */
  public ChannelBench() {
    Channel channel = channel(0);
    byReference = new ForwardRouter(channel, credit);
    referenceTaker = new Taker(List.of(channel));

    ClassLoader loader = ChannelBench.class.getClassLoader();
    Codec<Object> any = CodecRegistry.of(TypeDictionary.EMPTY, loader).any();
    FrameChannel frames = new FrameChannel(channel.id(), 0, Incarnation.FIRST, "from", "to");
    Loopback loopback = Loopback.open(frames, ChannelSizes.DEFAULT, () -> any, NOBODY, NOBODY);
    asBytes = new ForwardRouter(loopback.producerEnd(), credit);
    bytesTaker = new Taker(List.of(loopback.consumerEnd()));

    List<Channel> channels = new ArrayList<>();
    for (int to = 0; to < TASKS; to++) {
      channels.add(channel(to));
    }
    List<ProducerEnd> ends = List.copyOf(channels);
    RoutingTable table = new RoutingTable(ends, KeyGroups.owners(KeyGroups.DEFAULT_COUNT, TASKS));
    byKey = new HashRouter(table, credit, word -> word, "from → to");
    keyTaker = new Taker(channels);
  }

  private static Channel channel(int to) {
    return new Channel(new ChannelId(0, 0, to, 1), ChannelSizes.DEFAULT, NOBODY, NOBODY);
  }

  /** By reference. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long local() {
    return pass(byReference, referenceTaker);
  }

  /** As bytes, texts of about 8 characters. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long bytes() {
    return pass(asBytes, bytesTaker);
  }

  private long pass(ForwardRouter writer, Taker taker) {
    writer.resume();
    for (int i = 0; i < RECORDS; i++) {
      writer.emit(words.next(), i);
    }
    writer.flush();
    return taker.take();
  }

  /** By reference to one of four tasks, as the key says. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long hash() throws Exception {
    byKey.resume();
    for (int i = 0; i < RECORDS; i++) {
      byKey.emit(words.next(), i);
    }
    byKey.flush();
    return keyTaker.take();
  }
}
