package io.geartrain.actor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnPoolTest {
  private static final long PATIENCE_SECONDS = 30;

  private final List<Thread> threads = new ArrayList<>();
  private TurnPool pool;

  private void open(int size) {
    pool =
        new TurnPool(
            size,
            work -> {
              Thread thread = new Thread(work, "turns-" + threads.size());
              threads.add(thread);
              return thread;
            });
  }

  @AfterEach
  void shouldEndAllThreads() throws InterruptedException {
    pool.shutdownNow();
    assertThat(pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void shouldRunAllTurnsThatComeFromOutside(int size) throws InterruptedException {
    open(size);
    CountDownLatch left = new CountDownLatch(4 * 20_000);

    List<Thread> givers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread giver =
          new Thread(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  pool.execute(left::countDown);
                }
              });
      giver.start();
      givers.add(giver);
    }

    assertThat(left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    for (Thread giver : givers) {
      giver.join();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void shouldWakeForEachOfManySingleTurns(int size) throws InterruptedException {
    open(size);
    for (int i = 0; i < 5_000; i++) {
      CountDownLatch ran = new CountDownLatch(1);
      pool.execute(ran::countDown);
      assertThat(ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("turn " + i).isTrue();
    }
  }

  /** However short its turns were until then, and whoever slept. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void shouldRunWhatWaitsBehindATurnThatDoesNotEnd(int size) throws InterruptedException {
    open(size);
    for (int round = 0; round < 300; round++) {
      CountDownLatch behind = new CountDownLatch(2);
      CountDownLatch all = new CountDownLatch(1);
      int shortTurns = round % 40;
      pool.execute(
          new Runnable() {
            private int left = shortTurns;

            @Override
            public void run() {
              if (left-- > 0) {
                pool.execute(this);
                return;
              }
              pool.execute(behind::countDown);
              pool.execute(behind::countDown);
              awaitLatch(behind);
              all.countDown();
            }
          });
      assertThat(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("round " + round).isTrue();
    }
  }

  @Test
  void shouldUseAllThreadsForTurnsThatAreLong() throws InterruptedException {
    open(3);
    CountDownLatch together = new CountDownLatch(3);
    CountDownLatch done = new CountDownLatch(3);
    Runnable meets =
        () -> {
          together.countDown();
          awaitLatch(together);
          done.countDown();
        };

    pool.execute(
        () -> {
          pool.execute(meets);
          pool.execute(meets);
          meets.run();
        });

    assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldSleepWithoutEndWhenThereIsNothingToDo() {
    open(3);
    pool.execute(() -> pool.execute(() -> {}));

    await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
  }

  @Test
  void shouldGoOnAfterATurnThatThrows() throws InterruptedException {
    open(1);
    CountDownLatch ran = new CountDownLatch(1);

    pool.execute(
        () -> {
          throw new StackOverflowError("on purpose");
        });
    pool.execute(ran::countDown);

    assertThat(ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldGoOnAfterAnInterrupt() throws InterruptedException {
    open(1);
    CountDownLatch ran = new CountDownLatch(1);

    pool.execute(() -> Thread.currentThread().interrupt());
    threads.get(0).interrupt();
    pool.execute(ran::countDown);

    assertThat(ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldRunWhatWaitsBeforeItShutsDown() throws InterruptedException {
    open(2);
    CountDownLatch begin = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    pool.execute(() -> awaitLatch(begin));
    pool.execute(() -> awaitLatch(begin));
    for (int i = 0; i < 100; i++) {
      pool.execute(ran::incrementAndGet);
    }

    pool.shutdown();
    assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    begin.countDown();

    assertThat(pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasValue(100);
  }

  @Test
  void shouldHandBackWhatWaitsWhenItIsShutDownAtOnce() throws InterruptedException {
    open(1);
    CountDownLatch running = new CountDownLatch(1);
    pool.execute(
        () -> {
          running.countDown();
          awaitInterrupt();
        });
    assertThat(running.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    Runnable waiting = () -> {};
    pool.execute(waiting);

    assertThat(pool.shutdownNow()).containsExactly(waiting);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitInterrupt() {
    awaitLatch(new CountDownLatch(1));
  }
}
