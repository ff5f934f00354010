package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.channel.ChannelSizes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FlowControlTest {
  private static final ChannelSizes SIZES = new ChannelSizes(32, 4);

  @Test
  void shouldStopTheSourceWhenTheSinkIsSlow() {
    long records = 20_000;
    AtomicLong read = new AtomicLong();
    AtomicLong written = new AtomicLong();
    AtomicLong mostInFlight = new AtomicLong();
    ManualTime[] time = new ManualTime[1];
    Sink<Long> slow =
        context ->
            (value, timestamp) -> {
              mostInFlight.accumulateAndGet(read.get() - written.incrementAndGet(), Math::max);
              time[0].advance(1_000_000);
            };
    Run run =
        Run.of(
            (streams, settings) ->
                streams.from(counter(records, read)).parallelism(1).shuffle().to(slow),
            2,
            SIZES,
            3);
    time[0] = run.time;

    run.go();

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(written).hasValue(records);
    long withinCredit = run.execution.creditBatches() * SIZES.batchSize();
    assertThat(mostInFlight.get()).isLessThanOrEqualTo(withinCredit + SIZES.batchSize());
    assertThat(run.execution.overdrawnBatches()).isZero();
  }

  @Test
  void shouldTellThatASourceIsBlocked() {
    AtomicLong read = new AtomicLong();
    ManualTime[] time = new ManualTime[1];
    Sink<Long> slow = context -> (value, timestamp) -> time[0].advance(1_000_000);
    Run run =
        Run.of(
            (streams, settings) ->
                streams.from(counter(10_000, read)).id("in").parallelism(1).shuffle().to(slow),
            1,
            SIZES,
            3);
    time[0] = run.time;

    run.go();

    long blocked =
        run.execution.metrics().stream()
            .filter(task -> task.taskId().equals("in/0"))
            .findFirst()
            .orElseThrow()
            .blockedNanos();
    assertThat(blocked).isGreaterThan(5_000_000_000L);
  }

  @Test
  void shouldHoldNoMoreThanTheOutputOfOneRecordBeyondTheCredit() {
    int each = 1_000_000;
    AtomicLong written = new AtomicLong();
    AtomicLong mostOverdrawn = new AtomicLong();
    Run[] run = new Run[1];
    Sink<Integer> sink =
        context ->
            (value, timestamp) -> {
              if (written.incrementAndGet() % 1000 == 0) {
                mostOverdrawn.accumulateAndGet(run[0].execution.overdrawnBatches(), Math::max);
              }
            };
    run[0] =
        Run.of(
            (streams, settings) ->
                streams
                    .from(ListSource.ints(0, 5, 1))
                    .parallelism(1)
                    .flatMap(
                        Integer.class,
                        (Integer n, Emitter<Integer> out) -> {
                          for (int i = 0; i < each; i++) {
                            out.emit(i);
                          }
                        })
                    .keyBy(Integer.class, n -> n)
                    .aggregate(io.geartrain.api.Aggregators.counting())
                    .id("count")
                    .map(Integer.class, keyed -> keyed.key())
                    .to(sink),
            2,
            ChannelSizes.DEFAULT,
            7);

    run[0].go();

    assertThat(run[0].outcomes.failed).isEmpty();
    assertThat(written).hasValue(5L * each);
    long batchesOfOneRecord = each / ChannelSizes.DEFAULT.batchSize() + 3;
    assertThat(mostOverdrawn.get()).isBetween(batchesOfOneRecord / 2, batchesOfOneRecord);
    assertThat(run[0].execution.overdrawnBatches()).isZero();
  }

  @Test
  void shouldNotStarveOtherTasksWhenRecordsAreSlow() {
    ManualTime[] time = new ManualTime[1];
    Sink<Integer> slow = context -> (value, timestamp) -> time[0].advance(1_000_000);
    Run run =
        Run.of(
            (streams, settings) -> streams.from(ListSource.ints(0, 1_000, 1)).to(slow),
            1,
            ChannelSizes.DEFAULT,
            1);
    time[0] = run.time;
    Task task = run.execution.tasks().get(0);
    task.onWake(() -> {});
    run.execution.start();
    while (time[0].getAsLong() < 400_000_000L) {
      task.run(0);
    }

    long before = time[0].getAsLong();
    task.run(200_000);

    assertThat(time[0].getAsLong() - before).isLessThanOrEqualTo(1_000_000);
  }

  @Test
  void shouldAskAReaderForManyRecordsThoughEachPollIsSlow() {
    AtomicLong lastAsked = new AtomicLong();
    AtomicLong read = new AtomicLong();
    ManualTime[] time = new ManualTime[1];
    SplitReader<Long> slow =
        new SplitReader<>() {
          private long polls;

          @Override
          public ReadStatus poll(Emitter<Long> out, int max) {
            lastAsked.set(max);
            time[0].advance(1_000_000);
            for (int i = 0; i < max; i++) {
              out.emit(read.getAndIncrement());
            }
            return ++polls < 20 ? ReadStatus.MORE : ReadStatus.END;
          }
        };
    CollectingSink<Long> sink = new CollectingSink<>();
    Run run = Run.of((streams, settings) -> streams.from(source(() -> slow)).to(sink), 1, SIZES, 1);
    time[0] = run.time;

    run.go();

    assertThat(lastAsked).hasValue(SIZES.batchSize());
    assertThat(sink.visible)
        .containsExactlyElementsOf(LongStream.range(0, read.get()).boxed().toList());
  }

  private static Source<Long> counter(long records, AtomicLong read) {
    return source(
        () ->
            (Emitter<Long> out, int max) -> {
              for (int i = 0; i < max && read.get() < records; i++) {
                out.emit(read.getAndIncrement());
              }
              return read.get() < records ? ReadStatus.MORE : ReadStatus.END;
            });
  }

  private static Source<Long> source(Supplier<SplitReader<Long>> reader) {
    return new Source<>() {
      @Override
      public Class<Long> type() {
        return Long.class;
      }

      @Override
      public List<SourceSplit> splits(int parallelism) {
        return List.of(new SourceSplit("all", Map.of()));
      }

      @Override
      public SplitReader<Long> open(SourceSplit split, ProcessorContext context) {
        return reader.get();
      }
    };
  }
}
