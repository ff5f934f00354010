package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

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
