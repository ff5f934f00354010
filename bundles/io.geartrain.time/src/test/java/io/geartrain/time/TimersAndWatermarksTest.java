package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersAndWatermarksTest {
  private long now;

  @Test
  void shouldFireTimersInOrderAndOnce() {
    TimerQueue<String> timers = new TimerQueue<>();
    assertThat(timers.add(20, "b")).isTrue();
    assertThat(timers.add(10, "a")).isTrue();
    assertThat(timers.add(10, "a")).isFalse();
    timers.add(15, "gone");
    assertThat(timers.remove(15, "gone")).isTrue();

    assertThat(timers.next()).isEqualTo(10);
    assertThat(timers.poll(9)).isNull();
    assertThat(timers.poll(30).key()).isEqualTo("a");
    assertThat(timers.poll(30).key()).isEqualTo("b");
    assertThat(timers.poll(30)).isNull();
    assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldSetATimerAgainThatWasTakenBack() {
    TimerQueue<String> timers = new TimerQueue<>();
    timers.add(10, "a");
    timers.remove(10, "a");
    timers.add(10, "a");

    assertThat(timers.poll(10).key()).isEqualTo("a");
    assertThat(timers.poll(10)).isNull();
  }

  @Test
  void shouldForgetTimersThatWereTakenBack() {
    TimerQueue<String> timers = new TimerQueue<>();
    timers.add(500_000, "far off");
    timers.add(0, "a");
    for (long time = 1; time <= 100_000; time++) {
      timers.remove(time - 1, "a");
      timers.add(time, "a");
      timers.remove(500_000, "far off");
      timers.add(500_000, "far off");
      assertThat(timers.queued()).isLessThan(10);
    }

    assertThat(timers.size()).isEqualTo(2);
    assertThat(timers.poll(Long.MAX_VALUE)).isEqualTo(new TimerQueue.Timer<>(100_000, "a"));
    assertThat(timers.poll(Long.MAX_VALUE)).isEqualTo(new TimerQueue.Timer<>(500_000, "far off"));
    assertThat(timers.poll(Long.MAX_VALUE)).isNull();
  }

  @Test
  void shouldFireByTimeAndThenAsTheyWereSetWhateverIsTakenBack() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      TimerQueue<Integer> timers = new TimerQueue<>();
      List<TimerQueue.Timer<Integer>> model = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        TimerQueue.Timer<Integer> timer =
            new TimerQueue.Timer<>(random.nextInt(30), random.nextInt(5));
        switch (random.nextInt(5)) {
          case 0, 1 -> {
            boolean absent = !model.contains(timer);
            if (absent) {
              model.add(timer);
              model.sort(Comparator.comparingLong(TimerQueue.Timer::timestamp));
            }
            assertThat(timers.add(timer.timestamp(), timer.key())).isEqualTo(absent);
          }
          case 2, 3 ->
              assertThat(timers.remove(timer.timestamp(), timer.key()))
                  .isEqualTo(model.remove(timer));
          default -> {
            boolean due = !model.isEmpty() && model.get(0).timestamp() <= timer.timestamp();
            assertThat(timers.poll(timer.timestamp()))
                .as("seed " + seed)
                .isEqualTo(due ? model.remove(0) : null);
          }
        }
        assertThat(timers.size()).isEqualTo(model.size());
        assertThat(timers.next())
            .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.get(0).timestamp());
      }
    }
  }

  @Test
  void shouldWaitForTheSlowestSplit() {
    SplitWatermarks watermarks = new SplitWatermarks(5, 1000, () -> now);
    SplitWatermarks.Split slow = watermarks.add();
    SplitWatermarks.Split fast = watermarks.add();

    fast.observe(100);
    assertThat(watermarks.current()).isEqualTo(Long.MIN_VALUE);
    slow.observe(50);
    assertThat(watermarks.current()).isEqualTo(44);
    slow.idle();
    now = 999;
    assertThat(watermarks.current()).isEqualTo(44);
    now = 1000;
    assertThat(watermarks.current()).isEqualTo(94);
    slow.observe(60);
    now = 1001;
    assertThat(watermarks.current()).isEqualTo(94);
    watermarks.remove(slow);
    fast.observe(200);
    now = 1002;
    assertThat(watermarks.current()).isEqualTo(194);
  }

  @Test
  void shouldTellWhetherItWaitsForASplitThatHasNothingToRead() {
    SplitWatermarks watermarks = new SplitWatermarks(0, 1000, () -> now);
    SplitWatermarks.Split quiet = watermarks.add();
    SplitWatermarks.Split busy = watermarks.add();
    quiet.observe(10);
    busy.observe(20);
    watermarks.current();
    assertThat(watermarks.isWaiting()).isFalse();

    quiet.idle();
    busy.observe(30);
    now = 1;
    watermarks.current();
    assertThat(watermarks.isWaiting()).isTrue();
    assertThat(watermarks.newest()).isEqualTo(30);

    now = 1000;
    watermarks.current();
    assertThat(watermarks.isWaiting()).as("the quiet one is left out").isFalse();
    busy.idle();
    now = 2000;
    watermarks.current();
    assertThat(watermarks.isWaiting()).as("all are left out").isTrue();

    quiet.observe(15);
    now = 2001;
    watermarks.current();
    assertThat(watermarks.isWaiting()).isFalse();
    watermarks.remove(busy);
    now = 2002;
    watermarks.current();
    assertThat(watermarks.newest()).as("of all there were").isEqualTo(30);
  }
}
