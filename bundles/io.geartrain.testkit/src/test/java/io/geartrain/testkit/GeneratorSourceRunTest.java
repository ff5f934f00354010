package io.geartrain.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.StreamApplication;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.connector.generator.GeneratorSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Generators in whole applications. */
class GeneratorSourceRunTest {
  private final GeneratorSource<Long> numbers = GeneratorSource.of(Long.class, index -> index);
  private final ManualClock clock = new ManualClock();
  private final CollectingSink<Long> out = new CollectingSink<>();

  @Test
  void shouldGiveEachIndexOnceToAnyNumberOfTasks() {
    for (int splits : List.of(1, 3, 16, 100)) {
      for (int tasks : List.of(1, 2, 5)) {
        CollectingSink<Long> all = new CollectingSink<>();

        TopologyTest.of(
                (streams, settings) ->
                    streams.from(numbers.count(1_000).splitInto(splits)).shuffle().to(all))
            .parallelism(tasks)
            .seed(splits)
            .run();

        assertThat(all.values().stream().sorted().toList())
            .as("%d splits, %d tasks", splits, tasks)
            .isEqualTo(upTo(1_000));
      }
    }
  }

  @Test
  void shouldKeepItsRateOverAllTasks() {
    try (TopologyRun run = paced(numbers.ratePerSecond(10)).start()) {
      run.settle();
      assertThat(out.values()).containsExactly(0L);

      run.advance(Duration.ofMillis(300));
      assertThat(out.values()).isEqualTo(upTo(4));

      run.advance(Duration.ofSeconds(60));
      assertThat(out.values()).isEqualTo(upTo(604));
    }
  }

  @Test
  void shouldNeverEndWithoutACount() {
    try (TopologyRun run = paced(numbers.ratePerSecond(1)).start()) {
      run.advance(Duration.ofHours(1));

      assertThat(run.isEnded()).isFalse();
      assertThat(out.values()).hasSize(3_601);
      assertThat(out.finishedTasks()).isZero();
    }
  }

  @Test
  void shouldTakeAsLongAsItsRateSays() {
    paced(numbers.ratePerSecond(4).count(41)).run();

    assertThat(out.values()).isEqualTo(upTo(41));
    assertThat(clock.millis()).isEqualTo(10_000);
  }

  private TopologyTest paced(GeneratorSource<Long> source) {
    StreamApplication app =
        (streams, settings) -> streams.from(source.clock(clock)).to(out).parallelism(1);
    return TopologyTest.of(app).clock(clock).parallelism(3);
  }

  @Test
  void shouldTakeItsEventTimeFromTheRecords() {
    CollectingSink<Windowed<String, Long>> windows = new CollectingSink<>();

    TopologyTest.of(
            (streams, settings) ->
                streams
                    .from(numbers.count(100))
                    .eventTime(number -> 10 * number, Duration.ZERO)
                    .keyBy(String.class, number -> "all")
                    .window(Window.tumbling(Duration.ofMillis(250)))
                    .count()
                    .id("count")
                    .to(windows))
        .parallelism(2)
        .run();

    assertThat(windows.values())
        .containsExactly(
            new Windowed<>("all", 0, 250, 25L),
            new Windowed<>("all", 250, 500, 25L),
            new Windowed<>("all", 500, 750, 25L),
            new Windowed<>("all", 750, 1_000, 25L));
  }

  @Test
  void shouldTellTheIndexAtWhichTheFunctionFails() {
    GeneratorSource<Long> failing = GeneratorSource.of(Long.class, index -> 7 / (3 - index));

    TopologyTest test =
        TopologyTest.of((streams, settings) -> streams.from(failing).id("numbers").to(out));

    assertThatThrownBy(test::run)
        .isInstanceOf(TopologyFailure.class)
        .hasMessageContaining("step 'numbers'")
        .hasMessageContaining("the generator failed at index 3");
  }

  private static List<Long> upTo(long count) {
    return LongStream.range(0, count).boxed().toList();
  }
}
