package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.execution.internal.TaskClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskAlarmTest {
  private final ManualTime time = new ManualTime();
  private final AtomicLong setBackMs = new AtomicLong();
  private final AtomicInteger rung = new AtomicInteger();
  private final TaskAlarm alarm =
      new TaskAlarm(
          new TaskClock(
              time, () -> time.millis() - setBackMs.get(), time::schedule, rung::incrementAndGet));

  @Test
  void shouldRingOnce() {
    alarm.set(1_000);
    alarm.set(1_000);
    pass(1_000);

    assertThat(rung).hasValue(1);
    assertThat(alarm.isDue(1_000)).isTrue();
  }

  @Test
  void shouldBeSetAgainWhenTheWallClockWasSetBack() {
    alarm.set(1_000);
    setBackMs.set(400);
    pass(1_000);
    assertThat(alarm.isDue(1_000)).isFalse();

    alarm.set(1_000);
    pass(400);

    assertThat(rung).hasValue(2);
    assertThat(alarm.isDue(1_000)).isTrue();
  }

  @Test
  void shouldNeverRingForNothing() {
    alarm.set(Long.MAX_VALUE);
    pass(1_000_000);

    assertThat(rung).hasValue(0);
    assertThat(alarm.isDue(Long.MAX_VALUE)).isFalse();
  }

  private void pass(long millis) {
    time.advance(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
