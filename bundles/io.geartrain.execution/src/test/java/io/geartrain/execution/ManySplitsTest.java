package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Window;
import io.geartrain.state.MemoryCheckpointStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A task with more splits than it keeps open. */
class ManySplitsTest {
  private static final int SPLITS = 40;
  private static final int TURNS = 40_000;

  private final MemoryCheckpointStore store = new MemoryCheckpointStore();

  record Tick(int split, long number) {}

  @Test
  void shouldReadAllThoughNoneEverEnds() {
    Endless source = new Endless(true, at -> ReadStatus.MORE);
    Ticks ticks = new Ticks();
    CheckpointedRun run = new CheckpointedRun(app(source, ticks), 1, store, null);

    run.turns(TURNS);
    long before = watermark(run);
    run.turns(TURNS);

    assertThat(run.failed).isEmpty();
    assertThat(ticks.next).doesNotContain(0);
    assertThat(before).isGreaterThan(0);
    assertThat(watermark(run)).isGreaterThan(before);
    assertThat(source.mostOpen).isEqualTo(16);
  }

  @Test
  void shouldReadAllThoughEachPausesNowAndThen() {
    Endless source =
        new Endless(true, poll -> poll % 7 == 0 ? ReadStatus.idle(1) : ReadStatus.MORE);
    Ticks ticks = new Ticks();
    CheckpointedRun run = new CheckpointedRun(app(source, ticks), 1, store, null);

    run.turns(TURNS);

    assertThat(run.failed).isEmpty();
    assertThat(ticks.next).doesNotContain(0);
  }

  @Test
  void shouldReadAllThoughReadersCannotTellWhereTheyAre() {
    Endless source = new Endless(false, poll -> ReadStatus.MORE);
    Ticks ticks = new Ticks();
    CheckpointedRun run = new CheckpointedRun(app(source, ticks), 1, store, null);

    run.turns(TURNS);

    assertThat(run.failed).isEmpty();
    assertThat(ticks.next).doesNotContain(0);
    assertThat(source.mostOpen).isEqualTo(SPLITS);
  }

  @Test
  void shouldReadAllThoughWindowsKeepThemTogether() {
    Endless source = new Endless(true, poll -> ReadStatus.MORE);
    Ticks ticks = new Ticks();
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(source)
                .eventTime(Tick::number, Duration.ZERO)
                .id("in")
                .keyBy(Integer.class, Tick::split)
                .window(Window.tumbling(Duration.ofMillis(5)))
                .min((a, b) -> Long.compare(a.number(), b.number()))
                .id("first")
                .map(Tick.class, first -> new Tick(first.key(), first.start() / 5))
                .to(ticks);
    CheckpointedRun run = new CheckpointedRun(app, 1, store, null);

    run.turns(5 * TURNS);

    assertThat(run.failed).isEmpty();
    assertThat(ticks.next).doesNotContain(0);
  }

  @Test
  void shouldGoOnAfterACheckpointWhereEachSplitWas() {
    Endless source = new Endless(true, poll -> ReadStatus.MORE);
    Ticks ticks = new Ticks();
    CheckpointedRun first = new CheckpointedRun(app(source, ticks), 1, store, null);
    first.turns(TURNS);
    var checkpoint = first.checkpointAndHold();
    int[] before = ticks.next.clone();

    CheckpointedRun second = new CheckpointedRun(app(source, ticks), 1, store, checkpoint);
    second.turns(TURNS);

    assertThat(second.failed).isEmpty();
    assertThat(IntStream.range(0, SPLITS)).allMatch(split -> ticks.next[split] > before[split]);
  }

  private static StreamApplication app(Endless source, Ticks ticks) {
    return (streams, settings) ->
        streams.from(source).eventTime(Tick::number, Duration.ZERO).id("in").to(ticks);
  }

  private static long watermark(CheckpointedRun run) {
    return run.execution.metrics().get(0).watermark();
  }

  /** Numbers without end in each split. */
  private static final class Endless implements Source<Tick> {
    private final boolean tells;
    private final IntFunction<ReadStatus> statusOfPoll;
    private int open;
    private int mostOpen;

    Endless(boolean tells, IntFunction<ReadStatus> statusOfPoll) {
      this.tells = tells;
      this.statusOfPoll = statusOfPoll;
    }

    @Override
    public Class<Tick> type() {
      return Tick.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return IntStream.range(0, SPLITS).mapToObj(split -> split(split, 0)).toList();
    }

    private static SourceSplit split(int split, long at) {
      return new SourceSplit("s" + split, Map.of("split", "" + split, "at", "" + at));
    }

    @Override
    public SplitReader<Tick> open(SourceSplit from, ProcessorContext context) {
      int split = Integer.parseInt(from.attributes().get("split"));
      long[] at = {Long.parseLong(from.attributes().get("at"))};
      int[] polls = {0};
      mostOpen = Math.max(mostOpen, ++open);
      return new SplitReader<>() {
        @Override
        public ReadStatus poll(Emitter<Tick> out, int max) {
          for (int i = 0; i < max; i++) {
            out.emit(new Tick(split, at[0]++));
          }
          return statusOfPoll.apply(++polls[0]);
        }

        @Override
        public SourceSplit remaining() {
          return tells ? split(split, at[0]) : null;
        }

        @Override
        public void close() {
          open--;
        }
      };
    }
  }

  /** Each split's ticks must come in order, none twice and none left out. */
  private static final class Ticks implements Sink<Tick> {
    private final int[] next = new int[SPLITS];

    @Override
    public SinkWriter<Tick> open(ProcessorContext context) {
      return (tick, timestamp) -> {
        if (tick.number() != next[tick.split()]++) {
          throw new IllegalStateException(tick + " came out of turn");
        }
      };
    }
  }
}
