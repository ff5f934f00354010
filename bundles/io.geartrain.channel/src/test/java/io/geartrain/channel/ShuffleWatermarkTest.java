package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A shuffle fills one batch at a time; the watermark is for all receivers nevertheless. */
class ShuffleWatermarkTest {
  private static final ChannelSizes SIZES = new ChannelSizes(1, 2);
  private final AtomicInteger woken = new AtomicInteger();
  private final Channel one = channel(0);
  private final Channel other = channel(1);
  private final ShuffleRouter shuffle = new ShuffleRouter(List.of(one, other), new Credit(), 1);

  private Channel channel(int to) {
    return new Channel(new ChannelId(0, 0, to, 1), SIZES, woken::incrementAndGet, () -> {});
  }

  @Test
  void shouldTellAllReceiversThoughNoRecordWentThere() {
    shuffle.resume();
    shuffle.watermark(7);

    shuffle.flush();

    assertThat(one.poll().watermark()).isEqualTo(7);
    assertThat(other.poll().watermark()).isEqualTo(7);
  }

  @Test
  void shouldTellAReceiverOnceThereIsCreditForIt() {
    shuffle.resume();
    for (int i = 0; one.waiting() + other.waiting() < 4; i++) {
      shuffle.emit(i, i);
      shuffle.resume();
    }
    shuffle.watermark(7);
    shuffle.flush();
    assertThat(shuffle.owes()).isFalse();

    take(one);
    take(one);
    take(other);
    take(other);

    assertThat(woken).hasPositiveValue();
    assertThat(shuffle.owes()).isTrue();
    shuffle.flush();
    assertThat(one.poll().watermark()).isEqualTo(7);
    assertThat(other.poll().watermark()).isEqualTo(7);
    assertThat(shuffle.owes()).isFalse();
  }

  @Test
  void shouldTellItOnceThoughTheTaskWaitsForOtherCredit() throws Exception {
    CustomRouter router =
        new CustomRouter(List.of(one, other), new Credit(), (value, tasks) -> (int) value, "edge");
    router.resume();
    for (int i = 0; i < 4; i++) {
      router.emit(i % 2, i);
    }
    router.watermark(7);
    router.flush();

    take(other);
    take(other);
    assertThat(router.owes()).isTrue();

    assertThat(router.resume()).isFalse();
    assertThat(other.poll().watermark()).isEqualTo(7);
    assertThat(router.owes()).isFalse();
  }

  @Test
  void shouldOweNothingMoreOnceItHasSentTheEnd() {
    shuffle.resume();
    for (int i = 0; one.waiting() + other.waiting() < 4; i++) {
      shuffle.emit(i, i);
      shuffle.resume();
    }
    shuffle.watermark(7);
    shuffle.flush();
    shuffle.end();

    take(one);
    take(one);
    assertThat(shuffle.drain()).as("the other has no credit").isFalse();

    assertThat(shuffle.owes()).isFalse();
    assertThat(shuffle.drainable()).isFalse();
  }

  private static void take(Channel channel) {
    channel.recycle(channel.poll());
  }
}
