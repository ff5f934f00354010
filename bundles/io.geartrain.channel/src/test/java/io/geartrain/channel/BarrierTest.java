package io.geartrain.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BarrierTest {
  private final Channel left = channel(0);
  private final Channel right = channel(1);
  private final ForwardRouter toLeft = new ForwardRouter(left, new Credit());
  private final ForwardRouter toRight = new ForwardRouter(right, new Credit());
  private final InputGate gate = new InputGate(List.of(left, right));

  BarrierTest() {
    toLeft.resume();
    toRight.resume();
  }

  private static Channel channel(int from) {
    return new Channel(new ChannelId(0, from, 0, 1), new ChannelSizes(4, 4), () -> {}, () -> {});
  }

  private void take() {
    gate.release(gate.poll());
  }

  @Test
  void shouldHoldAChannelBackUntilAllBarriersCame() {
    toLeft.emit("a", 1);
    toLeft.barrier(7);
    toLeft.emit("b", 2);
    toLeft.flush();
    take();
    assertThat(gate.aligned()).isZero();
    assertThat(gate.hasInput()).isFalse();
    assertThat(gate.poll()).isNull();

    toRight.barrier(7);
    take();
    assertThat(gate.aligned()).isEqualTo(7);
    gate.goOn();

    assertThat(gate.aligned()).isZero();
    assertThat(gate.poll().values()[0]).isEqualTo("b");
  }

  /** A shuffle that ran out of credit for both channels, and was given some for the first. */
  private static ShuffleRouter exhausted(Channel free, Channel full) {
    Credit credit = new Credit();
    ShuffleRouter shuffle = new ShuffleRouter(List.of(free, full), credit, 1);
    shuffle.resume();
    for (int i = 0; !credit.exhausted(); i++) {
      shuffle.emit(i, i);
    }
    free.recycle(free.poll());
    free.recycle(free.poll());
    return shuffle;
  }

  /** A shuffle may go on as long as one of its channels has credit; the others' barriers too. */
  @Test
  void shouldSendABarrierThatWaitedForCreditThoughNoRecordFollows() {
    AtomicInteger woken = new AtomicInteger();
    ChannelSizes sizes = new ChannelSizes(1, 2);
    Channel free = new Channel(new ChannelId(0, 0, 0, 1), sizes, () -> {}, () -> {});
    Channel full = new Channel(new ChannelId(0, 0, 1, 1), sizes, woken::incrementAndGet, () -> {});
    ShuffleRouter shuffle = exhausted(free, full);
    assertThat(shuffle.resume()).isTrue();

    shuffle.barrier(7);
    assertThat(full.poll().kind()).isEqualTo(Batch.Kind.DATA);
    shuffle.flush();
    int before = woken.get();
    full.recycle(new Batch(1));
    assertThat(woken.get()).isGreaterThan(before);
    assertThat(shuffle.owes()).isTrue();
    shuffle.flush();

    assertThat(full.poll().kind()).isEqualTo(Batch.Kind.DATA);
    assertThat(full.poll().kind()).isEqualTo(Batch.Kind.BARRIER);
  }

  /** The task may want credit for another edge, whose readers wait for this very barrier. */
  @Test
  void shouldSendABarrierThatWaitedForCreditWhenTheTaskTriesToGoOn() {
    ChannelSizes sizes = new ChannelSizes(1, 2);
    Channel free = new Channel(new ChannelId(0, 0, 0, 1), sizes, () -> {}, () -> {});
    Channel full = new Channel(new ChannelId(0, 0, 1, 1), sizes, () -> {}, () -> {});
    ShuffleRouter shuffle = exhausted(free, full);
    shuffle.resume();
    shuffle.barrier(7);
    full.recycle(full.poll());
    full.recycle(full.poll());

    assertThat(shuffle.resume()).isTrue();

    assertThat(full.poll().kind()).isEqualTo(Batch.Kind.BARRIER);
  }

  @Test
  void shouldAskNoBarrierOfAChannelThatHasEnded() {
    toRight.end();
    toLeft.barrier(7);
    take();
    take();

    assertThat(gate.aligned()).isEqualTo(7);
  }

  @Test
  void shouldCountWhatCame() {
    toLeft.emit("a", 1);
    toLeft.emit("b", 2);
    toLeft.barrier(1);
    take();

    assertThat(gate.audit()).isEqualTo(new InputGate.Audit(2, 0, 0));
  }

  @Test
  void shouldNoticeALostBatch() {
    toLeft.emit("a", 1);
    toLeft.flush();
    left.recycle(left.poll());
    toLeft.emit("b", 2);
    toLeft.barrier(1);

    assertThatThrownBy(this::take)
        .isInstanceOf(AuditMismatch.class)
        .hasMessageContaining("2 records were sent since the last barrier, 1 came");
    assertThat(gate.audit()).isEqualTo(new InputGate.Audit(1, 1, 0));
  }

  @Test
  void shouldNoticeALossAtTheEndToo() {
    toLeft.emit("a", 1);
    toLeft.flush();
    left.recycle(left.poll());
    toLeft.end();

    assertThatThrownBy(this::take).isInstanceOf(AuditMismatch.class);
  }

  @Test
  void shouldNoticeARecordThatCameTwice() {
    toLeft.emit("a", 1);
    toLeft.flush();
    Batch batch = gate.poll();
    batch.add("a", 1);
    gate.release(batch);
    toLeft.barrier(1);

    assertThatThrownBy(this::take)
        .isInstanceOf(AuditMismatch.class)
        .hasMessageContaining("1 records were sent since the last barrier, 2 came");
    assertThat(gate.audit()).isEqualTo(new InputGate.Audit(1, 0, 1));
  }
}
