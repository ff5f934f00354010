package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.T0;
import static io.geartrain.appmaster.internal.Samples.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.metrics.TaskCounters;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import io.geartrain.protocol.AuditStatus;
import io.geartrain.protocol.LatencyStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorRatesTest {
  private ProcessorRates rates = new ProcessorRates(plan(2));

  @Test
  void shouldSumUpTheAuditOfEachStepAndOfAll() {
    rates.accept(List.of(audited("out/0", 10, 1, 0), audited("out/1", 20, 0, 2)), T0);
    rates.accept(List.of(audited("out/0", 15, 1, 0)), T0.plusSeconds(1));

    assertThat(rates.statuses().get(0).health().audit()).as("nothing leads to a source").isNull();
    assertThat(rates.statuses().get(1).health().audit()).isEqualTo(new AuditStatus(35, 1, 2));
    assertThat(rates.health().audit()).isEqualTo(new AuditStatus(35, 1, 2));
  }

  @Test
  void shouldKeepWhatWasLostBeforeARestart() {
    rates.accept(List.of(audited("out/0", 10, 3, 0)), T0);

    rates = rates.restarted();

    assertThat(rates.health().audit()).isEqualTo(new AuditStatus(10, 3, 0));
    rates.accept(List.of(audited("out/0", 4, 0, 0)), T0.plusSeconds(1));
    rates = rates.restarted();
    assertThat(rates.health().audit()).isEqualTo(new AuditStatus(14, 3, 0));
    assertThat(rates.statuses().get(1).health().audit()).isEqualTo(new AuditStatus(14, 3, 0));
  }

  @Test
  void shouldTellHowLongTheBatchesOfTheLastSecondTook() {
    TaskCounters left = new TaskCounters("out/0", 0, List.of("out"));
    TaskCounters right = new TaskCounters("out/1", 1, List.of("out"));
    left.latency(5_000_000_000L);
    rates.accept(List.of(left.snapshot(), right.snapshot()), T0);
    assertThat(rates.statuses().get(1).health().latency()).as("at first").isNull();

    for (int i = 0; i < 99; i++) {
      left.latency(20_000);
    }
    right.latency(900_000);
    rates.accept(List.of(left.snapshot(), right.snapshot()), T0.plusSeconds(1));

    LatencyStatus latency = rates.statuses().get(1).health().latency();
    assertThat(latency.p50Nanos()).isBetween(19_000L, 21_000L);
    assertThat(latency.p99Nanos()).isBetween(19_000L, 21_000L);
    assertThat(latency.maxNanos()).isBetween(890_000L, 910_000L);
    assertThat(rates.statuses().get(0).health().latency()).as("of a source").isNull();

    rates.accept(List.of(left.snapshot(), right.snapshot()), T0.plusSeconds(2));
    assertThat(rates.statuses().get(1).health().latency()).as("once nothing comes").isNull();
  }

  private static TaskMetrics audited(String task, long audited, long lost, long duplicated) {
    String step = task.substring(0, task.indexOf('/'));
    return new TaskMetrics(
        task,
        Integer.parseInt(task.substring(task.indexOf('/') + 1)),
        List.of(new ProcessorMetrics(step, 0, 0)),
        0,
        0,
        Long.MIN_VALUE,
        audited,
        lost,
        duplicated);
  }
}
