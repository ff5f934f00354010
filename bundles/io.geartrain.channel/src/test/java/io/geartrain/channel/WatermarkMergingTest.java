package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Merged watermarks, against what the inputs have said so far. */
class WatermarkMergingTest {
  /** One producer, and what it has said that has reached the gate. */
  private static final class Producer {
    final Channel channel;
    final ForwardRouter router;
    long promised = Long.MIN_VALUE;
    boolean idle;
    boolean everIdle;
    boolean ended;

    Producer(int from, int batchSize) {
      channel =
          new Channel(
              new ChannelId(0, from, 0, 1), new ChannelSizes(batchSize, 4), () -> {}, () -> {});
      router = new ForwardRouter(channel, new Credit());
      router.resume();
    }
  }

  @Property(tries = 500)
  void theWatermarkIsThatOfTheSlowestThatIsNotIdleAndNeverFalls(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int inputs,
      @ForAll @IntRange(min = 1, max = 4) int batchSize) {
    Random random = new Random(seed);
    List<Producer> producers = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      producers.add(new Producer(i, batchSize));
    }
    InputGate gate = new InputGate(producers.stream().map(p -> p.channel).toList());
    long merged = Long.MIN_VALUE;
    while (!gate.ended()) {
      Producer one = producers.get(random.nextInt(inputs));
      long mergedBefore = merged;
      if (!one.ended) {
        act(one, random);
      }
      for (Batch batch = gate.poll(); batch != null; batch = gate.poll()) {
        for (int i = 0; i < batch.size(); i++) {
          if (!one.everIdle) {
            assertThat(batch.timestamps()[i]).as("it keeps what it promised").isGreaterThan(merged);
          }
        }
        long before = merged;
        merged = gate.release(batch);
        assertThat(merged).isGreaterThanOrEqualTo(before);
      }
      assertThat(merged).isEqualTo(expected(producers, mergedBefore));
    }
    assertThat(merged).isEqualTo(Long.MAX_VALUE);
  }

  private static void act(Producer one, Random random) {
    switch (random.nextInt(12)) {
      case 0 -> {
        one.router.end();
        one.router.drain();
        one.ended = true;
        return;
      }
      case 1, 2 -> {
        one.idle = !one.idle;
        one.everIdle |= one.idle;
        one.router.idle(one.idle);
      }
      case 3, 4, 5, 6 -> {
        one.promised = Math.max(one.promised, 0) + random.nextInt(50);
        one.router.watermark(one.promised);
      }
      default -> one.router.emit("record", Math.max(one.promised, 0) + 1 + random.nextInt(20));
    }
    one.router.flush();
    one.router.resume();
  }

  /** What follows from what was said, and from the watermark before. */
  private static long expected(List<Producer> producers, long mergedBefore) {
    long least = Long.MAX_VALUE;
    long largest = Long.MIN_VALUE;
    boolean allIdle = true;
    for (Producer one : producers) {
      if (!one.ended) {
        largest = Math.max(largest, one.promised);
        least = one.idle ? least : Math.min(least, one.promised);
        allIdle &= one.idle;
      }
    }
    boolean allEnded = producers.stream().allMatch(one -> one.ended);
    return Math.max(mergedBefore, allIdle && !allEnded ? largest : least);
  }
}
