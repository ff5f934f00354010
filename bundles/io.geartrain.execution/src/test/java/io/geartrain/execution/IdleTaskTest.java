package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.channel.ChannelSizes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A task of a source whose splits are all quiet, beside one that is not. */
class IdleTaskTest {
  @Test
  void shouldNotHoldBackTheEventTimeOfThoseBehindIt() {
    Run run = run(Duration.ofSeconds(2));

    assertThat(watermark(run, "in/0")).isEqualTo(Long.MIN_VALUE);
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
    return run.execution.metrics().stream()
        .filter(metrics -> metrics.taskId().equals(task))
        .findFirst()
        .orElseThrow()
        .watermark();
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
}
