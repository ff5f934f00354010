package io.geartrain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.DataStream;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.KeyedStream;
import io.geartrain.api.Processor;
import io.geartrain.api.Settings;
import io.geartrain.api.Sink;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepIdsTest {
  private static final Sink<Object> NOWHERE = context -> (value, timestamp) -> {};

  @Test
  void shouldNumberTheStepsOfEachKind() {
    StreamApplication app =
        (streams, settings) -> {
          var first = streams.from(new Numbers("a")).map(Integer.class, n -> n).filter(n -> true);
          var second = streams.from(new Numbers("b")).map(Integer.class, n -> n);
          first.to(NOWHERE);
          second.to(NOWHERE);
        };

    assertThat(ids(app))
        .containsExactlyInAnyOrder(
            "source-1", "map-1", "filter-1", "source-2", "map-2", "sink-1", "sink-2");
  }

  @Test
  void shouldRenameNoStepWhenAnotherIsNamed() {
    StreamApplication app =
        (streams, settings) -> {
          streams.from(new Numbers("a")).id("in").to(NOWHERE).id("out");
          streams.from(new Numbers("b")).to(NOWHERE);
        };

    assertThat(ids(app)).containsExactlyInAnyOrder("in", "source-2", "out", "sink-2");
  }

  @Test
  void shouldNameThePartsOfAJoinByWhatTheyDo() {
    assertThat(ids((streams, settings) -> join(numbers(streams), numbers(streams)).to(NOWHERE)))
        .containsExactlyInAnyOrder(
            "source-1", "source-2", "join-left", "join-right", "join-window", "join", "sink-1");
  }

  @Test
  void shouldKeepTheIdsOfAllStateWhenStepsWithoutStateAreAdded() {
    StreamApplication before =
        (streams, settings) -> join(numbers(streams), numbers(streams)).to(NOWHERE);
    StreamApplication after =
        (streams, settings) ->
            join(more(numbers(streams)), more(numbers(streams)))
                .map(Integer.class, n -> n)
                .filter(n -> true)
                .to(NOWHERE);

    assertThat(states(after))
        .isEqualTo(states(before))
        .containsOnlyKeys("source-1", "source-2", "join-window", "sink-1");
    assertThat(ids(after)).contains("map-1", "map-2", "map-3", "flatMap-1", "flatMap-2");
  }

  @Test
  void shouldGiveThePartsOfAJoinItsSize() {
    StreamApplication app =
        (streams, settings) ->
            join(numbers(streams), numbers(streams)).parallelism(3).to(NOWHERE).parallelism(1);

    assertThat(plan(app).processors())
        .filteredOn(step -> step.id().startsWith("join"))
        .hasSize(4)
        .allMatch(step -> step.parallelism() == 3);
  }

  @Test
  void shouldNameTheLineOfAStepThatMayKeepStateAndHasNoId() {
    assertUnnamed("aggregate", (streams, settings) -> keyed(streams).count().to(NOWHERE));
    assertUnnamed(
        "window",
        (streams, settings) -> keyed(streams).window(Window.global()).count().to(NOWHERE));
    assertUnnamed(
        "process",
        (streams, settings) ->
            keyed(streams)
                .process(Integer.class, () -> (value, timestamp, out) -> out.emit(value))
                .to(NOWHERE));
    assertUnnamed(
        "process",
        (streams, settings) ->
            numbers(streams).process(Integer.class, StepIdsTest::identity).to(NOWHERE));
    assertUnnamed(
        "windowJoin",
        (streams, settings) ->
            keyed(streams)
                .windowJoin(keyed(streams), Window.global(), Integer.class, Integer::sum)
                .to(NOWHERE));
  }

  private static void assertUnnamed(String kind, StreamApplication app) {
    assertThatThrownBy(() -> plan(app))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("the step '" + kind + "' needs a name")
        .hasMessageContaining(".id(")
        .hasMessageMatching("(?s).*StepIdsTest\\.java:\\d+.*");
  }

  private static DataStream<Integer> numbers(Streams streams) {
    return streams.from(new Numbers("a"));
  }

  private static KeyedStream<Integer, Integer> keyed(Streams streams) {
    return numbers(streams).keyBy(Integer.class, n -> n);
  }

  private static DataStream<Integer> more(DataStream<Integer> numbers) {
    return numbers.map(Integer.class, n -> n).flatMap(Integer.class, (n, out) -> out.emit(n));
  }

  private static DataStream<Integer> join(DataStream<Integer> left, DataStream<Integer> right) {
    return left.keyBy(Integer.class, n -> n)
        .windowJoin(
            right.keyBy(Integer.class, n -> n), Window.global(), Integer.class, Integer::sum)
        .id("join");
  }

  private static Processor<Integer, Integer> identity() {
    return (value, timestamp, out) -> out.emit(value);
  }

  private static List<String> ids(StreamApplication app) {
    return plan(app).processors().stream().map(PlannedProcessor::id).toList();
  }

  private static Map<String, String> states(StreamApplication app) {
    return plan(app).states();
  }

  private static ExecutionPlan plan(StreamApplication app) {
    return Planner.plan("app", app, Settings.of(Map.of()), 2);
  }
}
