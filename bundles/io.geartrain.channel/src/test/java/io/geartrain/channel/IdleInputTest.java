package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdleInputTest {
  private final Channel left = channel(0);
  private final Channel right = channel(1);
  private final ForwardRouter toLeft = new ForwardRouter(left, new Credit());
  private final ForwardRouter toRight = new ForwardRouter(right, new Credit());
  private final InputGate gate = new InputGate(List.of(left, right));
  private long watermark;

  IdleInputTest() {
    toLeft.resume();
    toRight.resume();
    toLeft.watermark(100);
    toRight.watermark(50);
    take();
  }

  private static Channel channel(int from) {
    return new Channel(new ChannelId(0, from, 0, 1), new ChannelSizes(4, 4), () -> {}, () -> {});
  }

  private void take() {
    toLeft.flush();
    toRight.flush();
    for (Batch batch = gate.poll(); batch != null; batch = gate.poll()) {
      watermark = gate.release(batch);
    }
  }

  @Test
  void shouldNotWaitForAnIdleInput() {
    assertThat(watermark).isEqualTo(50);

    toRight.idle(true);
    take();

    assertThat(watermark).isEqualTo(100);
    assertThat(gate.isIdle()).isFalse();
  }

  @Test
  void shouldWaitAgainWithoutGoingBack() {
    toRight.idle(true);
    take();

    toRight.idle(false);
    toRight.watermark(60);
    take();
    toLeft.watermark(200);
    take();
    assertThat(watermark).isEqualTo(100);

    toRight.watermark(150);
    take();
    assertThat(watermark).isEqualTo(150);
  }

  @Test
  void shouldBeIdleIfAllAre() {
    toLeft.idle(true);
    take();
    assertThat(watermark).isEqualTo(50);

    toRight.idle(true);
    take();

    assertThat(gate.isIdle()).isTrue();
    assertThat(watermark).as("what the left one has promised still holds").isEqualTo(100);
  }

  @Test
  void shouldNotBeIdleAtTheEnd() {
    toRight.idle(true);
    toLeft.idle(true);
    toLeft.end();
    toRight.end();
    take();

    assertThat(gate.isIdle()).isFalse();
    assertThat(watermark).isEqualTo(Long.MAX_VALUE);
  }
}
