package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Channels that come and go between batches, with whoever sends and receives going on. */
class ReroutingTest {
  private static final Wakeable NOBODY = () -> {};

  private final Credit credit = new Credit();
  private int planVersion;

  /** A task that takes from whatever channels it is given. */
  private static final class Taker {
    final InputGate gate = new InputGate(List.of());
    final List<Integer> values = new ArrayList<>();
    Channel channel;

    void take() {
      Batch batch = gate.poll();
      if (batch != null) {
        for (int i = 0; i < batch.size(); i++) {
          values.add((Integer) batch.values()[i]);
        }
        gate.release(batch);
      }
      if (gate.aligned() > 0) {
        gate.goOn();
      }
    }
  }

  private Channel open(Taker taker, ChannelSizes sizes) {
    taker.channel = new Channel(new ChannelId(0, 0, 0, planVersion++), sizes, NOBODY, NOBODY);
    taker.gate.add(taker.channel);
    return taker.channel;
  }

  private RoutingTable table(List<Taker> takers, Random random) {
    List<ProducerEnd> channels = takers.stream().<ProducerEnd>map(taker -> taker.channel).toList();
    int[] owners = IntStream.range(0, 16).map(g -> random.nextInt(channels.size())).toArray();
    return new RoutingTable(channels, owners);
  }

  @Property(tries = 300)
  void everyRecordComesOnceThroughAllChanges(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int batchSize) throws Exception {
    Random random = new Random(seed);
    ChannelSizes sizes = new ChannelSizes(batchSize, 2 + random.nextInt(3));
    List<Taker> all = new ArrayList<>();
    List<Taker> inUse = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      Taker taker = new Taker();
      open(taker, sizes);
      all.add(taker);
      inUse.add(taker);
    }
    EdgeWriter writer =
        random.nextBoolean()
            ? new HashRouter(table(inUse, random), credit, value -> value, "edge")
            : new ShuffleRouter(inUse.stream().map(t -> t.channel).toList(), credit, seed);
    int sent = 0;
    long checkpoint = 0;

    writer.resume();
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(8)) {
        case 0 -> {
          change(inUse, all, sizes, random);
          writer.route(table(inUse, random));
        }
        case 1 -> writer.barrier(++checkpoint);
        case 2 -> writer.flush();
        case 3, 4 -> all.get(random.nextInt(all.size())).take();
        default -> writer.emit(sent, sent++);
      }
      writer.resume();
    }
    writer.end();
    while (!writer.drain() || !all.stream().allMatch(taker -> taker.gate.ended())) {
      all.forEach(Taker::take);
    }

    List<Integer> received = new ArrayList<>();
    for (Taker taker : all) {
      assertThat(taker.values).isSorted();
      received.addAll(taker.values);
      assertThat(taker.gate.audit().lost() + taker.gate.audit().duplicated()).isZero();
    }
    assertThat(received)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent).boxed().toList());
    assertThat(writer.records()).isEqualTo(sent);
  }

  /**
   * One goes, or one that has gone, and has taken its end, comes again by a new channel, or a new
   * one comes.
   */
  private void change(List<Taker> inUse, List<Taker> all, ChannelSizes sizes, Random random) {
    if (inUse.size() > 1 && random.nextBoolean()) {
      inUse.remove(random.nextInt(inUse.size()));
      return;
    }
    Taker back = all.get(random.nextInt(all.size()));
    if (!inUse.contains(back) && back.gate.ended()) {
      open(back, sizes);
      inUse.add(back);
    } else if (all.size() < 6) {
      Taker taker = new Taker();
      open(taker, sizes);
      all.add(taker);
      inUse.add(taker);
    }
  }

  @Test
  void shouldNotTakeTheWatermarkBackForANewInput() {
    Channel first = new Channel(new ChannelId(0, 0, 0, 1), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    Channel second = new Channel(new ChannelId(0, 1, 0, 2), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    ForwardRouter one = new ForwardRouter(first, credit);
    ForwardRouter other = new ForwardRouter(second, credit);
    one.resume();
    other.resume();
    InputGate gate = new InputGate(List.of(first));
    one.watermark(100);
    one.flush();
    assertThat(gate.release(gate.poll())).isEqualTo(100);

    gate.add(second);
    one.watermark(200);
    one.flush();
    assertThat(gate.release(gate.poll())).isEqualTo(100);
    other.watermark(150);
    other.flush();

    assertThat(gate.release(gate.poll())).isEqualTo(150);
  }

  @Test
  void shouldHoldANewInputUntilTheBarriersThatAreComingHaveCome() {
    Channel first = new Channel(new ChannelId(0, 0, 0, 1), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    Channel second = new Channel(new ChannelId(0, 1, 0, 1), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    Channel added = new Channel(new ChannelId(0, 2, 0, 2), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    List<ForwardRouter> writers =
        List.of(
            new ForwardRouter(first, credit),
            new ForwardRouter(second, credit),
            new ForwardRouter(added, credit));
    writers.forEach(ForwardRouter::resume);
    InputGate gate = new InputGate(List.of(first, second));
    writers.get(0).barrier(7);
    gate.release(gate.poll());

    gate.add(added);
    writers.get(2).emit("after", 1);
    writers.get(2).flush();
    assertThat(gate.poll()).isNull();
    writers.get(1).barrier(7);
    gate.release(gate.poll());

    assertThat(gate.aligned()).isEqualTo(7);
    gate.goOn();
    assertThat(gate.poll().values()[0]).isEqualTo("after");
  }

  @Test
  void shouldRefuseTablesThatLeadNowhere() {
    Channel channel = new Channel(new ChannelId(0, 0, 0, 1), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    assertThatThrownBy(() -> RoutingTable.of(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new RoutingTable(List.of(channel), new int[] {0, 1}))
        .hasMessageContaining("task 1 of 1");
    assertThatThrownBy(() -> new RoutingTable(List.of(channel), new int[3]))
        .hasMessageContaining("power of two");
  }
}
