package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApplication;
import io.geartrain.metrics.Latencies;
import io.geartrain.metrics.LatencySum;
import io.geartrain.plan.ChannelMode;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** How long records take from task to task, by a clock that moves when told. */
class HopLatencyTest {
  private static final Settings LOCAL = Settings.of(Map.of(ChannelMode.SETTING, "local"));

  private final StreamApplication app =
      (streams, settings) ->
          streams
              .from(ListSource.ints(0, 3, 1))
              .id("in")
              .shuffle()
              .to(new CollectingSink<>())
              .id("out");
  private final Run run = Run.of(app, 1, LOCAL, 1);

  @Test
  void shouldTellHowLongABatchWaitedForTheTaskThatTakesIt() {
    run.turns.drive(run.execution);
    turn("in");
    run.time.advance(TimeUnit.MILLISECONDS.toNanos(3));
    assertThat(latencies("out")).isEqualTo(Latencies.NONE);

    turn("out");
    run.time.advance(TimeUnit.MILLISECONDS.toNanos(500));

    LatencySum sum = new LatencySum();
    sum.add(Latencies.NONE, latencies("out"));
    assertThat(sum.count()).as("batches with records").isEqualTo(1);
    assertThat(sum.maxNanos()).isCloseTo(3_000_000, Percentage.withPercentage(1));
    assertThat(latencies("in")).as("of a source").isEqualTo(Latencies.NONE);
  }

  private void turn(String step) {
    Task task =
        run.execution.tasks().stream()
            .filter(each -> each.processors().contains(step))
            .findFirst()
            .orElseThrow();
    boolean more = true;
    while (more) {
      more = task.run(200_000);
    }
  }

  private Latencies latencies(String step) {
    return run.execution.metrics().stream()
        .filter(task -> task.taskId().startsWith(step + "/"))
        .findFirst()
        .orElseThrow()
        .latencies();
  }
}
