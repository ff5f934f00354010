package io.geartrain.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TaskTimersTest {
  @Test
  void shouldForgetATimerThatIsTakenBack() throws Exception {
    try (TaskTimers timers = new TaskTimers("app-1")) {
      CountDownLatch rung = new CountDownLatch(1);
      for (int i = 0; i < 1_000; i++) {
        timers.schedule(TimeUnit.HOURS.toNanos(1), () -> {}).run();
      }
      assertThat(timers.size()).isZero();

      Runnable takeBack = timers.schedule(1, rung::countDown);
      assertThat(rung.await(30, TimeUnit.SECONDS)).isTrue();
      takeBack.run();
    }
  }
}
