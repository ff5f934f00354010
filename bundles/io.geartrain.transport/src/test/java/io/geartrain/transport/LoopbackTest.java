package io.geartrain.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.channel.Batch;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Credit;
import io.geartrain.channel.EdgeWriter;
import io.geartrain.channel.ForwardRouter;
import io.geartrain.channel.Incarnation;
import io.geartrain.channel.InputGate;
import io.geartrain.channel.ShuffleRouter;
import io.geartrain.channel.Wakeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Edges whose channels are bytes, one thread. */
class LoopbackTest {
  private static final Wakeable NOBODY = () -> {};

  private final Credit credit = new Credit();

  private static Loopback loopback(int to, ChannelSizes sizes, Wakeable producer) {
    FrameChannel channel =
        new FrameChannel(new ChannelId(0, 0, to, 1), to, Incarnation.FIRST, "from", "to");
    return Loopback.open(channel, sizes, Samples.codecs(), producer, NOBODY);
  }

  private static void take(InputGate gate, List<Object> values) {
    Batch batch = gate.poll();
    if (batch != null) {
      for (int i = 0; i < batch.size(); i++) {
        values.add(batch.values()[i]);
      }
      gate.release(batch);
      if (gate.aligned() != 0) {
        gate.goOn();
      }
    }
  }

  @Property(tries = 150)
  void everyRecordComesOnceAndInOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int tasks,
      @ForAll @IntRange(min = 1, max = 9) int batchSize)
      throws Exception {
    Random random = new Random(seed);
    ChannelSizes sizes = new ChannelSizes(batchSize, 2 + random.nextInt(3));
    List<Loopback> channels = new ArrayList<>();
    for (int to = 0; to < tasks; to++) {
      channels.add(loopback(to, sizes, NOBODY));
    }
    EdgeWriter writer =
        new ShuffleRouter(
            channels.stream().map(Loopback::producerEnd).toList(), credit, 1 + random.nextInt(9));
    List<InputGate> gates =
        channels.stream().map(c -> new InputGate(List.of(c.consumerEnd()))).toList();
    List<Object> sent = new ArrayList<>();
    List<Object> received = new ArrayList<>();

    writer.resume();
    for (int n = random.nextInt(300); n > 0; n--) {
      Object value = random.nextInt(60) == 0 ? new byte[400_000] : Samples.value(random, 2);
      sent.add(value);
      writer.emit(value, n);
      if (random.nextInt(10) == 0) {
        writer.flush();
      }
      if (random.nextInt(20) == 0) {
        writer.barrier(n);
      }
      if (random.nextInt(3) == 0) {
        take(gates.get(random.nextInt(tasks)), received);
        writer.resume();
      }
    }
    writer.end();
    while (!writer.drain() || !gates.stream().allMatch(InputGate::ended)) {
      gates.forEach(gate -> take(gate, received));
    }

    if (tasks == 1) {
      assertThat(Arrays.deepEquals(received.toArray(), sent.toArray())).isTrue();
    } else {
      assertThat(texts(received)).isEqualTo(texts(sent));
    }
    assertThat(channels).allMatch(channel -> channel.producerEnd().overdrawn() == 0);
    assertThat(channels).allMatch(channel -> channel.consumerEnd().isEmpty());
  }

  private static List<String> texts(List<Object> values) {
    return values.stream().map(v -> Arrays.deepToString(new Object[] {v})).sorted().toList();
  }

  @Test
  void shouldStopTheProducerAndWakeItWhenHalfOfTheCreditIsBack() {
    AtomicInteger wakes = new AtomicInteger();
    Loopback channel = loopback(0, new ChannelSizes(1, 4), wakes::incrementAndGet);
    ForwardRouter writer = new ForwardRouter(channel.producerEnd(), credit);
    writer.resume();
    for (int n = 0; n < 4; n++) {
      assertThat(credit.exhausted()).isFalse();
      writer.emit(n, n);
    }

    assertThat(credit.exhausted()).isTrue();
    assertThat(writer.resume()).isFalse();
    channel.consumerEnd().recycle(channel.consumerEnd().poll());
    assertThat(wakes).hasValue(0);
    channel.consumerEnd().recycle(channel.consumerEnd().poll());
    assertThat(wakes).hasValue(1);
    assertThat(writer.resume()).isTrue();
  }

  /** The frames of a batch take credit like any others: what there is none for waits. */
  @Test
  void shouldLetTheRestOfALargeBatchWaitForCredit() {
    AtomicInteger wakes = new AtomicInteger();
    Loopback channel = loopback(0, new ChannelSizes(8, 2), wakes::incrementAndGet);
    ForwardRouter writer = new ForwardRouter(channel.producerEnd(), credit);
    InputGate gate = new InputGate(List.of(channel.consumerEnd()));
    writer.resume();
    writer.watermark(9);
    for (int n = 0; n < 7; n++) {
      writer.emit(new byte[600_000], n);
    }
    writer.barrier(1);

    assertThat(channel.producerEnd().waiting()).isEqualTo(2);
    assertThat(channel.producerEnd().overdrawn()).isEqualTo(1);
    assertThat(credit.exhausted()).isTrue();
    assertThat(writer.resume()).isFalse();
    for (int frame = 0; frame < 2; frame++) {
      Batch part = gate.poll();
      assertThat(part.size()).isEqualTo(2);
      assertThat(gate.release(part)).isEqualTo(Long.MIN_VALUE);
    }
    assertThat(gate.hasInput()).isFalse();
    assertThat(wakes).hasPositiveValue();

    assertThat(writer.owes()).isTrue();
    writer.flush();
    assertThat(channel.producerEnd().overdrawn()).isZero();
    gate.release(gate.poll());
    Batch rest = gate.poll();
    assertThat(rest.size()).isEqualTo(1);
    assertThat(gate.release(rest)).isEqualTo(9);
    assertThat(gate.aligned()).isEqualTo(1);
    assertThat(gate.audit()).isEqualTo(new InputGate.Audit(7, 0, 0));
    gate.goOn();
    assertThat(channel.producerEnd().resumable()).isTrue();
  }

  @Test
  void shouldNotHaveDrainedBeforeTheRestOfALargeBatchIsSent() {
    Loopback channel = loopback(0, new ChannelSizes(8, 2), NOBODY);
    ForwardRouter writer = new ForwardRouter(channel.producerEnd(), credit);
    InputGate gate = new InputGate(List.of(channel.consumerEnd()));
    writer.resume();
    for (int n = 0; n < 7; n++) {
      writer.emit(new byte[600_000], n);
    }
    writer.end();

    assertThat(writer.drain()).isFalse();
    assertThat(writer.drainable()).isFalse();
    List<Object> values = new ArrayList<>();
    take(gate, values);
    take(gate, values);
    assertThat(writer.drainable()).isTrue();
    assertThat(writer.drain()).isTrue();
    take(gate, values);
    take(gate, values);

    assertThat(values).hasSize(7);
    assertThat(gate.ended()).isTrue();
  }

  @Test
  void shouldCopyWhatIsChangedAfterwards() {
    Loopback channel = loopback(0, new ChannelSizes(4, 2), NOBODY);
    ForwardRouter writer = new ForwardRouter(channel.producerEnd(), credit);
    writer.resume();
    List<Object> list = new ArrayList<>(List.of(1));
    writer.emit(list, 0);
    writer.flush();
    list.add(2);

    assertThat(channel.consumerEnd().poll().values()[0]).isEqualTo(List.of(1));
  }

  @Test
  void shouldNameTheReceivingStepWhereARecordCantBeMade() {
    FrameChannel channel =
        new FrameChannel(new ChannelId(0, 0, 0, 1), 0, Incarnation.FIRST, "from", "to");
    AtomicInteger asked = new AtomicInteger();
    Loopback loopback =
        Loopback.open(
            channel,
            new ChannelSizes(4, 2),
            () -> asked.getAndIncrement() == 0 ? Samples.codecs().get() : Samples.narrow(),
            NOBODY,
            NOBODY);
    ForwardRouter writer = new ForwardRouter(loopback.producerEnd(), credit);
    writer.resume();
    writer.emit(new Samples.Pair<>(1, 2), 5);
    writer.flush();

    assertThatThrownBy(() -> loopback.consumerEnd().poll())
        .isInstanceOfSatisfying(
            RefusedRecord.class,
            refused -> {
              assertThat(refused.stepId()).isEqualTo("to");
              assertThat(refused.timestamp()).isEqualTo(5);
              assertThat(refused).hasMessageContaining("can't be made of its bytes");
            });
  }
}
