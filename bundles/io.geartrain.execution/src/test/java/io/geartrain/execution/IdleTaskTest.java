package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.OutputTag;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Window;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** A task of a source whose splits are all quiet, beside one that is not. */
class IdleTaskTest {
  @Test
  void shouldNotHoldBackTheEventTimeOfThoseBehindIt() {
    Run run = run(Duration.ofSeconds(2));

    assertThat(watermark(run, "in/0")).isEqualTo(Long.MIN_VALUE);
    assertThat(waiting(run, "in/0")).isEqualTo(Waiting.IDLE);
    assertThat(watermark(run, "in/1")).isEqualTo(999);
    assertThat(watermark(run, "pass/0")).isEqualTo(999);
    assertThat(watermark(run, "out/0")).as("two tasks behind it").isEqualTo(999);
  }

  @Test
  void shouldHoldItBackWithoutIdleAfter() {
    Run run = run(Duration.ZERO);

    assertThat(watermark(run, "in/1")).isEqualTo(999);
    assertThat(watermark(run, "out/0")).isEqualTo(Long.MIN_VALUE);
  }

  private static Run run(Duration idleAfter) {
    StreamApplication app =
        (streams, settings) -> {
          var in =
              streams
                  .from(new QuietAndBusy())
                  .eventTime(time -> time, Duration.ZERO)
                  .id("in")
                  .parallelism(2);
          if (!idleAfter.isZero()) {
            in.idleAfter(idleAfter);
          }
          in.shuffle()
              .map(Long.class, time -> time)
              .id("pass")
              .parallelism(2)
              .shuffle()
              .to(new CollectingSink<>())
              .id("out")
              .parallelism(1);
        };
    Run run = Run.of(app, 2, new ChannelSizes(8, 2), 1);
    run.turns.drive(run.execution);
    for (int second = 0; second < 10; second++) {
      boolean more = true;
      while (more) {
        more = run.turns.step();
      }
      run.time.advance(1_000_000_000L);
    }
    assertThat(run.outcomes.failed).isEmpty();
    return run;
  }

  private static long watermark(Run run, String task) {
    return metrics(run, task).watermark();
  }

  private static Waiting waiting(Run run, String task) {
    return metrics(run, task).waiting();
  }

  private static TaskMetrics metrics(Run run, String task) {
    return run.execution.metrics().stream()
        .filter(metrics -> metrics.taskId().equals(task))
        .findFirst()
        .orElseThrow();
  }

  /** One split never has anything; the other has one record at 1,000. */
  private static final class QuietAndBusy implements Source<Long> {
    @Override
    public Class<Long> type() {
      return Long.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("quiet", Map.of()), new SourceSplit("busy", Map.of()));
    }

    @Override
    public SplitReader<Long> open(SourceSplit split, ProcessorContext context) {
      boolean[] begun = {split.id().equals("quiet")};
      return (out, max) -> {
        if (!begun[0]) {
          begun[0] = true;
          out.emit(1_000L);
        }
        return ReadStatus.idle(100);
      };
    }
  }

  /** What the quiet task has folded for a window must not come when that has been closed. */
  @Test
  void shouldSendWhatItHoldsBeforeItIsIdle() {
    OutputTag<Long> late = new OutputTag<>("late", Long.class);
    CollectingSink<Long> counts = new CollectingSink<>();
    CollectingSink<Long> tooLate = new CollectingSink<>();
    Run[] run = new Run[1];
    StreamApplication app =
        (streams, settings) -> {
          var windows =
              streams
                  .from(new Spells(() -> run[0].time.millis()))
                  .eventTime(time -> time, Duration.ZERO)
                  .idleAfter(Duration.ofSeconds(2))
                  .id("in")
                  .parallelism(2)
                  .keyBy(String.class, time -> "all")
                  .window(Window.tumbling(Duration.ofMillis(10)))
                  .lateTo(late)
                  .count()
                  .id("count")
                  .parallelism(1);
          windows.map(Long.class, one -> one.start() * 1_000 + one.value()).to(counts);
          windows.sideOutput(late).to(tooLate);
        };
    run[0] = Run.of(app, 2, new ChannelSizes(8, 2), 1);
    run[0].turns.drive(run[0].execution);
    for (int second = 0; second < 20; second++) {
      boolean more = true;
      while (more) {
        more = run[0].turns.step();
      }
      run[0].time.advance(1_000_000_000L);
    }
    run[0].toRest();

    assertThat(run[0].outcomes.failed).isEmpty();
    assertThat(counts.visible).containsExactlyInAnyOrder(2L, 1_000_002L);
    assertThat(tooLate.visible).containsExactlyInAnyOrder(6L, 7L);
  }

  /** One gives 5, and after 8 s 6 and 7; the other 1, after 5 s 1,000, and after 15 s 1,001. */
  private record Spells(LongSupplier millis) implements Source<Long> {
    @Override
    public Class<Long> type() {
      return Long.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("quiet", Map.of()), new SourceSplit("busy", Map.of()));
    }

    @Override
    public SplitReader<Long> open(SourceSplit split, ProcessorContext context) {
      boolean quiet = split.id().equals("quiet");
      List<Long> values = quiet ? List.of(5L, 6L, 7L) : List.of(1L, 1_000L, 1_001L);
      long begun = millis.getAsLong();
      List<Integer> after = quiet ? List.of(0, 8_000, 8_000) : List.of(0, 5_000, 15_000);
      int[] at = {0};
      return (out, max) -> {
        if (millis.getAsLong() - begun < after.get(at[0])) {
          return ReadStatus.idle(100);
        }
        out.emit(values.get(at[0]++));
        return at[0] == values.size() ? ReadStatus.END : ReadStatus.MORE;
      };
    }
  }
}
