package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Keyed;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.channel.ChannelSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private static final List<List<String>> LINES =
      List.of(List.of("a b a", "c a"), List.of("b b", "", "a c c c"), List.of());

  @Test
  void shouldCountWordsOverAllTime() {
    CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();

    Run run = Run.toRest(wordCount(sink), 2);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(run.outcomes.finished).hasSize(4);
    assertThat(counts(sink)).isEqualTo(Map.of("a", 4L, "b", 3L, "c", 4L));
    assertThat(sink.calls).containsExactlyInAnyOrder("finish 0", "finish 1", "close 0", "close 1");
  }

  @Test
  void shouldCountWordsOnRealThreads() {
    CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();

    Outcomes outcomes = Run.pooled(wordCount(sink), 3, new ChannelSizes(2, 2), 2);

    assertThat(outcomes.failed).isEmpty();
    assertThat(counts(sink)).isEqualTo(Map.of("a", 4L, "b", 3L, "c", 4L));
  }

  @Test
  void shouldHandOnEachRunningCount() {
    CollectingSink<Keyed<String, Long>> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(new ListSource<>(String.class, List.of(List.of("a", "b", "a", "a")), 0))
                    .keyBy(String.class, word -> word)
                    .count()
                    .id("count")
                    .to(sink),
            2);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible)
        .containsExactlyInAnyOrder(
            new Keyed<>("a", 1L), new Keyed<>("b", 1L), new Keyed<>("a", 2L), new Keyed<>("a", 3L));
  }

  @Test
  void shouldGiveEachRecordToEveryTaskOfABroadcast() {
    CollectingSink<Integer> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams.from(ListSource.ints(0, 1000, 2)).broadcast().to(sink).parallelism(3),
            2);

    assertThat(run.outcomes.failed).isEmpty();
    List<Integer> expected = new ArrayList<>();
    IntStream.range(0, 3000).forEach(i -> expected.add(i / 3));
    assertThat(sink.visible).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldKeepOrderAlongAChannel() {
    CollectingSink<Integer> sink = new CollectingSink<>();

    Run.toRest(
        (streams, settings) ->
            streams
                .from(ListSource.ints(0, 10_000, 1))
                .parallelism(1)
                .shuffle()
                .to(sink)
                .parallelism(1),
        1);

    assertThat(sink.visible).containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
  }

  @Test
  void shouldWaitForIdleSplitsWithoutTurning() {
    CollectingSink<Integer> sink = new CollectingSink<>();
    List<Integer> records = IntStream.range(0, 5_000).boxed().toList();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams.from(new ListSource<>(Integer.class, List.of(records), 2)).to(sink),
            2);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible).containsExactlyElementsOf(records);
  }

  @Test
  void shouldFinishWithoutAnySplit() {
    CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();

    Run run =
        Run.toRest(
            (streams, settings) ->
                streams
                    .from(new ListSource<>(String.class, List.of(), 0))
                    .keyBy(String.class, word -> word)
                    .window(Window.global())
                    .count()
                    .id("count")
                    .to(sink),
            2);

    assertThat(run.outcomes.finished).hasSize(4);
    assertThat(sink.visible).isEmpty();
  }

  @Test
  void shouldReadManySplitsWithFewOpen() {
    CollectingSink<Integer> sink = new CollectingSink<>();

    Run run =
        Run.toRest((streams, settings) -> streams.from(ListSource.ints(0, 1000, 200)).to(sink), 2);

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(sink.visible).hasSize(1000);
  }

  @Test
  void shouldCountWhatEachStepDid() {
    CollectingSink<Windowed<String, Long>> sink = new CollectingSink<>();

    Run run = Run.toRest(wordCount(sink), 1);

    Map<String, Long> in = new HashMap<>();
    Map<String, Long> out = new HashMap<>();
    run.execution
        .metrics()
        .forEach(
            task ->
                task.processors()
                    .forEach(
                        step -> {
                          in.put(step.processorId(), step.recordsIn());
                          out.put(step.processorId(), step.recordsOut());
                        }));
    assertThat(in).isEqualTo(Map.of("lines", 5L, "split", 5L, "count", 11L, "counts", 3L));
    assertThat(out).isEqualTo(Map.of("lines", 5L, "split", 11L, "count", 3L, "counts", 3L));
  }

  private static StreamApplication wordCount(CollectingSink<Windowed<String, Long>> sink) {
    return (streams, settings) ->
        streams
            .from(new ListSource<>(String.class, LINES, 0))
            .id("lines")
            .flatMap(
                String.class,
                (String line, io.geartrain.api.Emitter<String> out) -> {
                  for (String word : line.split(" ")) {
                    if (!word.isEmpty()) {
                      out.emit(word);
                    }
                  }
                })
            .id("split")
            .keyBy(String.class, word -> word)
            .window(Window.global())
            .count()
            .id("count")
            .to(sink)
            .id("counts");
  }

  private static Map<String, Long> counts(CollectingSink<Windowed<String, Long>> sink) {
    Map<String, Long> counts = new HashMap<>();
    sink.visible.forEach(result -> counts.merge(result.key(), result.value(), Long::sum));
    return counts;
  }
}
