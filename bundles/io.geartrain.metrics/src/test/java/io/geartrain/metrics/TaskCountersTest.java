package io.geartrain.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import io.geartrain.metrics.TaskMetrics.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskCountersTest {
  @Test
  void shouldShowWhatWasPublishedLast() {
    TaskCounters counters = new TaskCounters("lines/1", 1, List.of("lines", "split"));

    counters.records(0, 5, 5);
    counters.records(1, 5, 40);
    counters.time(7, 8);
    counters.watermark(99);
    counters.audit(10, 1, 2);
    counters.records(1, 6, 48);
    counters.late(1, 4, 3);
    counters.newest(120);
    counters.waiting(Waiting.FOR_CREDIT);

    assertThat(counters.snapshot())
        .isEqualTo(
            new TaskMetrics(
                "lines/1",
                1,
                List.of(
                    new ProcessorMetrics("lines", 5, 5),
                    new ProcessorMetrics("split", 6, 48, 4, 3)),
                7,
                8,
                99,
                10,
                1,
                2,
                120,
                Waiting.FOR_CREDIT,
                Latencies.NONE));
  }

  @Test
  void shouldBeginWithoutWatermark() {
    assertThat(new TaskCounters("a/0", 0, List.of("a")).snapshot().watermark())
        .isEqualTo(Long.MIN_VALUE);
  }
}
