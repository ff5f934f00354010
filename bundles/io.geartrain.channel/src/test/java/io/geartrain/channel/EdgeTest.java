package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Edges from one writer to some gates, one thread. */
class EdgeTest {
  private static final Wakeable NOBODY = () -> {};

  private final Credit credit = new Credit();

  @Property(tries = 200)
  void everyRouterCarriesEveryRecordOnceAndInOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tasks,
      @ForAll @IntRange(min = 1, max = 9) int batchSize,
      @ForAll @IntRange(min = 0, max = 2) int kind)
      throws Exception {
    Random random = new Random(seed);
    List<Channel> channels = channels(tasks, new ChannelSizes(batchSize, 2 + random.nextInt(3)));
    EdgeWriter writer = writer(kind, channels);
    List<InputGate> gates = channels.stream().map(c -> new InputGate(List.of(c))).toList();
    List<List<Integer>> received = new ArrayList<>();
    gates.forEach(gate -> received.add(new ArrayList<>()));
    int count = random.nextInt(500);

    writer.resume();
    for (int n = 0; n < count; n++) {
      writer.emit(n, n);
      if (random.nextInt(10) == 0) {
        writer.flush();
      }
      if (random.nextInt(3) == 0) {
        int at = random.nextInt(tasks);
        take(gates.get(at), received.get(at));
        writer.resume();
      }
    }
    writer.end();
    while (!writer.drain() || !gates.stream().allMatch(InputGate::ended)) {
      for (int at = 0; at < tasks; at++) {
        take(gates.get(at), received.get(at));
      }
    }

    int total = received.stream().mapToInt(List::size).sum();
    assertThat(total).isEqualTo(kind == 2 ? count * tasks : count);
    Set<Integer> distinct = new HashSet<>();
    received.forEach(distinct::addAll);
    assertThat(distinct).hasSize(count);
    assertThat(received).allSatisfy(list -> assertThat(list).isSorted().doesNotHaveDuplicates());
    assertThat(channels).allMatch(channel -> channel.overdrawn() == 0);
  }

  @Property
  void equalKeysMeetInOneTask(@ForAll @IntRange(min = 1, max = 7) int tasks) throws Exception {
    List<Channel> channels = channels(tasks, new ChannelSizes(4, 2));
    EdgeWriter writer = hash(channels);
    Map<Integer, Integer> taskOfKey = new HashMap<>();

    writer.resume();
    for (int n = 0; n < 300; n++) {
      writer.emit(n, n);
    }
    writer.end();
    boolean drained = false;
    while (!drained) {
      drained = writer.drain();
      for (int at = 0; at < tasks; at++) {
        List<Integer> values = new ArrayList<>();
        takeAll(channels.get(at), values);
        for (int value : values) {
          Integer before = taskOfKey.put(value % 10, at);
          assertThat(before == null || before == at).isTrue();
        }
      }
    }
    assertThat(taskOfKey).hasSize(10);
  }

  @Test
  void shouldExhaustCreditAndWakeTheProducerWhenHalfOfItIsBack() {
    AtomicInteger wakes = new AtomicInteger();
    Channel channel = new Channel(id(0), new ChannelSizes(1, 4), wakes::incrementAndGet, NOBODY);
    ForwardRouter writer = new ForwardRouter(channel, credit);
    writer.resume();
    for (int n = 0; n < 4; n++) {
      assertThat(credit.exhausted()).isFalse();
      writer.emit(n, n);
    }

    assertThat(credit.exhausted()).isTrue();
    assertThat(writer.resume()).isFalse();
    channel.recycle(channel.poll());
    assertThat(wakes).hasValue(0);
    channel.recycle(channel.poll());
    assertThat(wakes).hasValue(1);
    assertThat(writer.resume()).isTrue();
  }

  /** Else event time would stand still for that task, and the windows behind it. */
  @Test
  void shouldBringTheWatermarkToATaskThatWasOutOfCreditWhileOthersWereNot() {
    for (int at = 0; at < 2; at++) {
      List<Channel> channels = channels(2, new ChannelSizes(4, 2));
      Channel slow = channels.get(at);
      Channel other = channels.get(1 - at);
      ShuffleRouter writer = new ShuffleRouter(channels, credit, 1);
      writer.resume();
      for (long time = 1; time <= 10; time++) {
        writer.watermark(time);
        writer.flush();
        takeWatermark(other);
      }
      assertThat(writer.owes()).as("before there is credit").isFalse();
      assertThat(takeWatermark(slow)).isLessThan(10);
      assertThat(writer.owes()).as("once there is credit").isTrue();

      writer.flush();

      assertThat(takeWatermark(slow)).isEqualTo(10);
      assertThat(writer.owes()).as("once it was sent").isFalse();
    }
  }

  /** Takes all batches; the watermark of the last one. */
  private static long takeWatermark(Channel channel) {
    long last = Long.MIN_VALUE;
    for (Batch batch = channel.poll(); batch != null; batch = channel.poll()) {
      last = batch.watermark();
      channel.recycle(batch);
    }
    return last;
  }

  /** Records, not only watermarks. */
  @Test
  void shouldSendToATaskAgainThatWasOutOfCredit() throws Exception {
    List<Channel> channels = channels(2, new ChannelSizes(1, 2));
    ShuffleRouter writer = new ShuffleRouter(channels, credit, 1);
    writer.resume();
    for (int n = 0; n < 50; n++) {
      writer.emit(n, n);
      takeWatermark(channels.get(0));
    }
    takeWatermark(channels.get(1));

    for (int n = 0; n < 50; n++) {
      writer.emit(n, n);
      takeWatermark(channels.get(0));
    }

    assertThat(channels.get(1).isEmpty()).isFalse();
  }

  @Test
  void shouldNotRefuseBeyondTheCreditAndSendItLater() {
    Channel channel = new Channel(id(0), new ChannelSizes(2, 2), NOBODY, NOBODY);
    ForwardRouter writer = new ForwardRouter(channel, credit);
    writer.resume();
    for (int n = 0; n < 21; n++) {
      writer.emit(n, n);
    }
    assertThat(channel.overdrawn()).isEqualTo(9);

    List<Integer> values = new ArrayList<>();
    while (values.size() < 21) {
      takeAll(channel, values);
      writer.resume();
      writer.flush();
    }

    assertThat(values).isSorted().hasSize(21);
    assertThat(channel.overdrawn()).isZero();
    assertThat(writer.records()).isEqualTo(21);
  }

  @Test
  void shouldMergeWatermarksToTheLeastAndIgnoreEndedInputs() {
    Channel first = new Channel(id(0), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    Channel second = new Channel(id(1), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    ForwardRouter one = new ForwardRouter(first, credit);
    ForwardRouter other = new ForwardRouter(second, credit);
    InputGate gate = new InputGate(List.of(first, second));
    one.resume();
    other.resume();

    one.watermark(100);
    one.flush();
    assertThat(gate.release(gate.poll())).isEqualTo(Long.MIN_VALUE);
    other.watermark(50);
    other.flush();
    assertThat(gate.release(gate.poll())).isEqualTo(50);
    other.end();
    assertThat(gate.release(gate.poll())).isEqualTo(100);
    assertThat(gate.ended()).isFalse();
    one.end();
    assertThat(gate.release(gate.poll())).isEqualTo(Long.MAX_VALUE);
    assertThat(gate.ended()).isTrue();
  }

  @Test
  void shouldSendAWatermarkOnceAndNotWithoutNeed() {
    Channel channel = new Channel(id(0), ChannelSizes.DEFAULT, NOBODY, NOBODY);
    ForwardRouter writer = new ForwardRouter(channel, credit);
    writer.resume();

    writer.flush();
    assertThat(channel.isEmpty()).isTrue();
    writer.watermark(7);
    writer.flush();
    writer.flush();

    assertThat(channel.poll().watermark()).isEqualTo(7);
    assertThat(channel.isEmpty()).isTrue();
  }

  @Test
  void shouldSpreadBatchesOverTasksAndAvoidTheFullOnes() {
    List<Channel> channels = channels(2, new ChannelSizes(10, 4));
    ShuffleRouter writer = new ShuffleRouter(channels, credit, 1);
    writer.resume();
    List<Integer> fast = new ArrayList<>();
    for (int n = 0; n < 1000; n++) {
      writer.emit(n, n);
      takeAll(channels.get(1), fast);
    }

    assertThat(credit.exhausted()).isFalse();
    assertThat(fast).hasSizeGreaterThan(900);
  }

  @Test
  void shouldNameTheEdgeOfANullKey() {
    List<Channel> channels = channels(1, ChannelSizes.DEFAULT);
    HashRouter writer =
        new HashRouter(
            new RoutingTable(List.copyOf(channels), new int[4]),
            credit,
            value -> null,
            "'a' → 'b'");
    writer.resume();

    assertThatThrownBy(() -> writer.emit(1, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("'a' → 'b'");
  }

  private EdgeWriter writer(int kind, List<Channel> channels) {
    return switch (kind) {
      case 0 -> hash(channels);
      case 1 -> new ShuffleRouter(channels, credit, 1);
      default -> new BroadcastRouter(channels, credit);
    };
  }

  private EdgeWriter hash(List<Channel> channels) {
    int[] owners = new int[64];
    for (int i = 0; i < owners.length; i++) {
      owners[i] = i % channels.size();
    }
    return new HashRouter(
        new RoutingTable(List.copyOf(channels), owners),
        credit,
        value -> (Integer) value % 10,
        "edge");
  }

  private static List<Channel> channels(int count, ChannelSizes sizes) {
    List<Channel> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      channels.add(new Channel(id(i), sizes, NOBODY, NOBODY));
    }
    return channels;
  }

  private static ChannelId id(int to) {
    return new ChannelId(0, 0, to, 1);
  }

  private static void take(InputGate gate, List<Integer> values) {
    Batch batch = gate.poll();
    if (batch != null) {
      read(batch, values);
      gate.release(batch);
    }
  }

  private static void takeAll(Channel channel, List<Integer> values) {
    for (Batch batch = channel.poll(); batch != null; batch = channel.poll()) {
      read(batch, values);
      channel.recycle(batch);
    }
  }

  private static void read(Batch batch, List<Integer> values) {
    for (int i = 0; i < batch.size(); i++) {
      values.add((Integer) batch.values()[i]);
    }
  }
}
