package io.geartrain.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimersAndWatermarksTest {
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
    SplitWatermarks watermarks = new SplitWatermarks(5, 1000);
    SplitWatermarks.Split slow = watermarks.add();
    SplitWatermarks.Split fast = watermarks.add();

    fast.observe(100);
    assertThat(watermarks.current(0)).isEqualTo(Long.MIN_VALUE);
    slow.observe(50);
    assertThat(watermarks.current(0)).isEqualTo(44);
    slow.idle(0);
    assertThat(watermarks.current(999)).isEqualTo(44);
    assertThat(watermarks.current(1000)).isEqualTo(94);
    slow.observe(60);
    assertThat(watermarks.current(1001)).isEqualTo(94);
    watermarks.remove(slow);
    fast.observe(200);
    assertThat(watermarks.current(1002)).isEqualTo(194);
  }

  @Test
  void shouldTellWhetherItWaitsForASplitThatHasNothingToRead() {
    SplitWatermarks watermarks = new SplitWatermarks(0, 1000);
    SplitWatermarks.Split quiet = watermarks.add();
    SplitWatermarks.Split busy = watermarks.add();
    quiet.observe(10);
    busy.observe(20);
    watermarks.current(0);
    assertThat(watermarks.isWaiting()).isFalse();

    quiet.idle(0);
    busy.observe(30);
    watermarks.current(1);
    assertThat(watermarks.isWaiting()).isTrue();
    assertThat(watermarks.newest()).isEqualTo(30);

    watermarks.current(1000);
    assertThat(watermarks.isWaiting()).as("the quiet one is left out").isFalse();
    busy.idle(1000);
    watermarks.current(2000);
    assertThat(watermarks.isWaiting()).as("all are left out").isTrue();

    quiet.observe(15);
    watermarks.current(2001);
    assertThat(watermarks.isWaiting()).isFalse();
    watermarks.remove(busy);
    watermarks.current(2002);
    assertThat(watermarks.newest()).as("of all there were").isEqualTo(30);
  }
}
