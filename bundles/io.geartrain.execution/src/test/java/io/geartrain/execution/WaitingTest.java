package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a task tells of its event time, and of what it waits for. */
class WaitingTest {
  private final AtomicReference<Waiting> withinATurn = new AtomicReference<>();
  private final StreamApplication app =
      (streams, settings) ->
          streams
              .from(new TwoSplits())
              .eventTime(time -> time, Duration.ofMillis(5))
              .id("in")
              .parallelism(1)
              .shuffle()
              .to(new CollectingSink<>())
              .id("out")
              .parallelism(1);
  private Run run;
  private long last = 1_000;

  @Test
  void shouldTellOfTheSplitThatHasNothingToRead() {
    begin();

    work();

    assertThat(of("in").waiting()).isEqualTo(Waiting.FOR_INPUT);
    assertThat(of("in").newest()).isEqualTo(1_000);
    assertThat(of("in").watermark()).isEqualTo(94);
    assertThat(of("out").waiting()).isEqualTo(Waiting.NO);
    assertThat(of("out").newest()).isEqualTo(Long.MIN_VALUE);
    assertThat(of("out").watermark()).isEqualTo(94);
    assertThat(withinATurn).hasValue(Waiting.NO);
  }

  @Test
  void shouldTellThatItWaitsForCreditAndForNothingInTheNextTurn() {
    begin();
    last = Long.MAX_VALUE;
    Task in = run.execution.tasks().get(0);
    while (in.run(run.time.getAsLong() + 200_000)) {
      run.time.advance(200_000);
    }
    assertThat(of("in").waiting()).isEqualTo(Waiting.FOR_CREDIT);

    last = 0;
    withinATurn.set(null);
    work();

    assertThat(withinATurn).hasValue(Waiting.NO);
    assertThat(of("in").waiting()).isEqualTo(Waiting.FOR_INPUT);
  }

  private void work() {
    boolean more = true;
    while (more) {
      more = run.turns.step();
    }
  }

  private void begin() {
    run = Run.of(app, 1, new ChannelSizes(8, 2), 1);
    run.turns.drive(run.execution);
  }

  private TaskMetrics of(String step) {
    return run.execution.metrics().stream()
        .filter(task -> task.taskId().equals(step + "/0"))
        .findFirst()
        .orElseThrow();
  }

  /** One has a record at 100, then nothing; the other counts on, to 1,000 or without end. */
  private final class TwoSplits implements Source<Long> {
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
      return split.id().equals("quiet") ? new Counting(100, false) : new Counting(200, true);
    }
  }

  /** Gives its first record, and as many more as there are, each 100 ms of event time later. */
  private final class Counting implements SplitReader<Long> {
    private final boolean goesOn;
    private long next;
    private boolean begun;

    Counting(long first, boolean goesOn) {
      this.next = first;
      this.goesOn = goesOn;
    }

    @Override
    public ReadStatus poll(Emitter<Long> out, int max) {
      withinATurn.set(of("in").waiting());
      if (!begun || goesOn && next <= last) {
        begun = true;
        out.emit(next);
        next += 100;
        return ReadStatus.MORE;
      }
      return ReadStatus.idle(3_600_000);
    }
  }
}
