package io.geartrain.execution.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.channel.Wakeable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskClockTest {
  private record Set(long delayNanos, Runnable action) {}

  private final List<Set> alarms = new ArrayList<>();
  private int wakes;
  private final Wakeable task = () -> wakes++;
  private final TaskClock clock = new TaskClock(() -> 0, () -> 0, this::schedule, task);

  private Runnable schedule(long delayNanos, Runnable action) {
    Set alarm = new Set(delayNanos, action);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  @Test
  void shouldForgetAnAlarmThatIsSetForAnotherInstant() {
    for (int now = 0; now < 1_000; now++) {
      clock.wakeIn(10_000, now);
      clock.wakeStepsIn(20_000, now);
    }

    assertThat(alarms).extracting(Set::delayNanos).containsExactly(10_000L, 20_000L);
  }

  @Test
  void shouldSetAnAlarmOnceForAnInstant() {
    clock.wakeIn(50, 0);
    Set first = alarms.get(0);

    clock.wakeStepsIn(7, 0);
    clock.wakeIn(40, 10);

    assertThat(alarms).hasSize(2).startsWith(first);
  }

  @Test
  void shouldSetAnAlarmAgainThatHasRung() {
    clock.wakeIn(50, 0);
    alarms.remove(0).action().run();
    assertThat(wakes).isEqualTo(1);

    clock.wakeIn(50, 0);

    assertThat(alarms).hasSize(1);
  }
}
