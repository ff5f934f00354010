package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.T0;
import static io.geartrain.appmaster.internal.Samples.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.metrics.Latencies;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import io.geartrain.metrics.TaskMetrics.Waiting;
import io.geartrain.protocol.ClockStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockServiceTest {
  private final ClockService clock = new ClockService(plan(2));
  private Instant now = T0;

  @Test
  void shouldKnowNothingAtFirst() {
    assertThat(clock.status()).isEqualTo(ClockStatus.NONE);
    accept(task("lines/0", 100, 101, Waiting.NO));

    assertThat(clock.status().watermark()).isNull();
    assertThat(clock.status().newest()).isEqualTo(101);
    assertThat(clock.lagMs(null)).isNull();
    assertThat(clock.lagMs(Long.MAX_VALUE)).isNull();
    assertThat(clock.lagMs(60L)).isEqualTo(41);
  }

  @Test
  void shouldNameTheFirstOfThoseThatAreTheLast() {
    all(100);
    accept(task("lines/1", 90, 95, Waiting.FOR_INPUT), task("out/0", 90), task("out/1", 90));

    assertThat(clock.status())
        .isEqualTo(new ClockStatus(90L, 101L, 11L, "lines/1", Waiting.FOR_INPUT, null, null));
  }

  @Test
  void shouldNameTheTaskThatStallsUntilItGoesOn() {
    all(100);
    accept(task("lines/0", 200, 201, Waiting.NO), task("lines/1", 200, 201, Waiting.NO));
    accept(task("out/0", 200));
    later(6);
    accept(task("lines/0", 300, 301, Waiting.NO), task("lines/1", 300, 301, Waiting.NO));
    accept(task("out/0", 300));

    assertThat(clock.status())
        .isEqualTo(new ClockStatus(100L, 301L, 201L, "out/1", Waiting.NO, "out/1", T0));

    accept(task("out/1", 300));
    assertThat(clock.status().stalled()).isNull();
  }

  @Test
  void shouldNameNobodyOnceAllHasStopped() {
    all(100);
    accept(task("lines/0", 200, 201, Waiting.NO), task("lines/1", 200, 201, Waiting.NO));
    later(6);
    accept();
    assertThat(clock.status().stalled()).isNotNull();

    clock.stop();

    assertThat(clock.status().stalled()).isNull();
  }

  @Test
  void shouldBeAtTheEndWhenAllTasksAre() {
    all(Long.MAX_VALUE);

    assertThat(clock.status().watermark()).isEqualTo(Long.MAX_VALUE);
    assertThat(clock.status().lagMs()).isNull();
    assertThat(clock.status().heldBy()).isNull();
  }

  private void later(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private void all(long watermark) {
    accept(
        task("lines/0", watermark, 101, Waiting.NO),
        task("lines/1", watermark, 101, Waiting.NO),
        task("out/0", watermark),
        task("out/1", watermark));
  }

  private void accept(TaskMetrics... tasks) {
    clock.accept(List.of(tasks), now);
  }

  private static TaskMetrics task(String id, long watermark) {
    return task(id, watermark, Long.MIN_VALUE, Waiting.NO);
  }

  private static TaskMetrics task(String id, long watermark, long newest, Waiting waiting) {
    return new TaskMetrics(
        id,
        0,
        List.of(new ProcessorMetrics(id.substring(0, id.indexOf('/')), 0, 0)),
        0,
        0,
        watermark,
        0,
        0,
        0,
        newest,
        waiting,
        Latencies.NONE);
  }
}
