package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.OutputTag;
import io.geartrain.api.Window;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that are too late for any window are counted at the step that has the windows. */
class LateRecordsTest {
  private static final OutputTag<Long> LATE = new OutputTag<>("late", Long.class);

  static List<Window> windows() {
    Duration ten = Duration.ofMillis(10);
    return List.of(Window.tumbling(ten), Window.sliding(ten, ten), Window.session(ten));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void shouldCountWhatIsDropped(Window window) {
    ProcessorMetrics counts = counts(window, false);

    assertThat(counts.recordsIn()).isEqualTo(5);
    assertThat(counts.recordsLate()).isEqualTo(2);
    assertThat(counts.recordsDropped()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void shouldCountWhatAStreamTakes(Window window) {
    ProcessorMetrics counts = counts(window, true);

    assertThat(counts.recordsLate()).isEqualTo(2);
    assertThat(counts.recordsDropped()).isZero();
  }

  @Test
  void shouldNotCountWhatIsLateForSomeWindowsOnly() {
    Window sliding = Window.sliding(Duration.ofMillis(60), Duration.ofMillis(10));

    assertThat(counts(sliding, false).recordsLate()).isZero();
  }

  /**
   * Of 5, 25, 7, 50, 8 the records 7 and 8 come when windows of 10 ms are closed up to 25 and 50.
   */
  private static ProcessorMetrics counts(Window window, boolean taken) {
    Run run =
        Run.toRest(
            (streams, settings) -> {
              var counts =
                  streams
                      .from(new ListSource<>(Long.class, List.of(List.of(5L, 25L, 7L, 50L, 8L)), 2))
                      .eventTime(time -> time, Duration.ZERO)
                      .keyBy(String.class, time -> "all")
                      .window(window)
                      .lateTo(LATE)
                      .count()
                      .id("count");
              counts.to(new CollectingSink<>()).id("results");
              if (taken) {
                counts.sideOutput(LATE).to(new CollectingSink<>()).id("late");
              }
            },
            1,
            new ChannelSizes(1, 4));
    assertThat(run.outcomes.failed).isEmpty();
    return run.execution.metrics().stream()
        .flatMap(task -> task.processors().stream())
        .filter(step -> step.processorId().equals("count"))
        .findFirst()
        .orElseThrow();
  }
}
