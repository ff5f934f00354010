package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SourcePaceTest {
  private final SourcePace pace = new SourcePace();
  private final AtomicInteger calls = new AtomicInteger();
  private final SourcePace.Runner ahead = pace.enter(calls::incrementAndGet);
  private final SourcePace.Runner behind = pace.enter(calls::incrementAndGet);

  @Test
  void shouldHoldASplitThatIsAheadUntilHalfOfItsLeadIsGone() {
    behind.polled(1_000, true);
    ahead.polled(2_001, true);

    assertThat(ahead.mayRead(1_000)).isFalse();
    assertThat(behind.mayRead(1_000)).isTrue();
    assertThat(ahead.isWaiting()).isTrue();

    behind.polled(1_500, true);
    assertThat(ahead.mayRead(1_000)).isFalse();
    behind.polled(1_501, true);

    assertThat(calls).hasValue(1);
    assertThat(ahead.isWaiting()).isFalse();
    assertThat(ahead.mayRead(1_000)).isTrue();
  }

  @Test
  void shouldNotWaitForASplitThatHasNothingToRead() {
    behind.polled(1_000, true);
    ahead.polled(9_000, true);
    assertThat(ahead.mayRead(1_000)).isFalse();

    behind.polled(Long.MIN_VALUE, false);

    assertThat(calls).hasValue(1);
    assertThat(ahead.mayRead(1_000)).isTrue();
  }

  @Test
  void shouldNotWaitForASplitThatHasNotBegunOrHasEnded() {
    ahead.polled(9_000, true);
    assertThat(ahead.mayRead(1_000)).isTrue();
    behind.polled(1_000, true);
    assertThat(ahead.mayRead(1_000)).isFalse();

    behind.leave();

    assertThat(calls).hasValue(1);
    assertThat(ahead.mayRead(1_000)).isTrue();
  }

  @Test
  void shouldCallBackASplitThatLeavesWhileItWaits() {
    behind.polled(1_000, true);
    ahead.polled(9_000, true);
    assertThat(ahead.mayRead(1_000)).isFalse();

    ahead.leave();
    behind.polled(20_000, true);

    assertThat(calls).hasValue(1);
  }

  /** Two threads that wait for each other in turn would stop for ever if a call were lost. */
  @Test
  void shouldLoseNoCallBetweenThreads() throws Exception {
    int rounds = 200_000;
    SourcePace shared = new SourcePace();
    CyclicBarrier both = new CyclicBarrier(2);
    Thread[] threads = new Thread[2];
    for (int i = 0; i < 2; i++) {
      int index = i;
      threads[i] =
          new Thread(
              () -> {
                SourcePace.Runner self = shared.enter(() -> LockSupport.unpark(threads[index]));
                self.polled(0, true);
                await(both);
                for (long time = 1; time <= rounds; time++) {
                  self.polled(time, true);
                  while (!self.mayRead(1)) {
                    LockSupport.park();
                  }
                }
                self.leave();
              });
      threads[i].setDaemon(true);
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(60));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
