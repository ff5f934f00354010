package io.geartrain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.Blocking;
import io.geartrain.api.DefinitionException;
import io.geartrain.api.JoinFunction;
import io.geartrain.api.MapFunction;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Settings;
import io.geartrain.api.Sink;
import io.geartrain.api.SinkWriter;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Topology;
import io.geartrain.api.Window;
import io.geartrain.plan.PlannedProcessor.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Settings NONE = Settings.of(Map.of());
  private static final Sink<Object> NOWHERE = context -> (value, timestamp) -> {};

  @Test
  void shouldFuseForwardEdgesAndCutAtKeys() {
    ExecutionPlan plan = plan(wordCount(), 4);

    assertThat(plan.processors())
        .containsExactly(
            new PlannedProcessor("source-1", Kind.SOURCE, 4, 0, "java.lang.Integer", false),
            new PlannedProcessor("map-1", Kind.OPERATOR, 4, 0, "java.lang.String", false),
            new PlannedProcessor("count", Kind.OPERATOR, 4, 1, "io.geartrain.api.Windowed", false),
            new PlannedProcessor("sink-1", Kind.SINK, 1, 2, "", false));
    assertThat(plan.edges())
        .containsExactly(
            new PlannedEdge(0, "source-1", "main", "map-1", Routing.FORWARD, true, false),
            new PlannedEdge(1, "map-1", "main", "count", Routing.HASH, false, true),
            new PlannedEdge(2, "count", "main", "sink-1", Routing.SHUFFLE, false, false));
    assertThat(plan.chains())
        .containsExactly(
            new PlannedChain(0, List.of("source-1", "map-1"), 4, false),
            new PlannedChain(1, List.of("count"), 4, false),
            new PlannedChain(2, List.of("sink-1"), 1, false));
    assertThat(plan.slots()).isEqualTo(4);
    assertThat(plan.tasks()).isEqualTo(9);
  }

  @Test
  void shouldTellWhatEachStepKeeps() {
    ExecutionPlan plan =
        plan(
            (streams, settings) -> {
              var keyed = streams.from(new Numbers("a")).id("in").keyBy(Integer.class, n -> n);
              keyed.count().id("running").to(NOWHERE).id("out");
              keyed.window(Window.global()).count().id("whole").to(NOWHERE);
              keyed.window(Window.session(Duration.ofSeconds(3))).count().id("visits").to(NOWHERE);
              keyed
                  .window(Window.sliding(Duration.ofSeconds(10), Duration.ofSeconds(2)))
                  .count()
                  .id("recent")
                  .to(NOWHERE);
            },
            2);

    assertThat(plan.states())
        .containsEntry("in", "positions in splits")
        .containsEntry("running", "a value for each key")
        .containsEntry("whole", "a value for each key")
        .containsEntry("visits", "sessions")
        .containsEntry("recent", "windows of 10000 ms every 2000 ms")
        .containsEntry("out", "prepared output");
    assertThat(plan.withSplits(Map.of()).states()).isEqualTo(plan.states());
  }

  @Test
  void shouldInheritParallelismAlongForwardEdges() {
    ExecutionPlan plan =
        plan(
            (streams, settings) ->
                streams
                    .from(new Numbers("a"))
                    .parallelism(3)
                    .filter(n -> true)
                    .map(Integer.class, n -> n)
                    .to(NOWHERE),
            7);

    assertThat(plan.chains()).hasSize(1);
    assertThat(plan.slots()).isEqualTo(3);
  }

  @Blocking
  private static final class Waiting implements MapFunction<Integer, Integer> {
    @Override
    public Integer map(Integer value) {
      return value;
    }
  }

  @Test
  void shouldFuseNoStepThatMayBlock() {
    StreamApplication app =
        (streams, settings) ->
            streams
                .from(new Numbers("a"))
                .filter(n -> true)
                .id("before")
                .map(Integer.class, new Waiting())
                .id("waits")
                .map(Integer.class, n -> n)
                .id("after")
                .to(NOWHERE)
                .id("out")
                .blocking();

    ExecutionPlan plan = plan(app, 2);

    assertThat(plan.chains())
        .extracting(PlannedChain::processors)
        .containsExactly(
            List.of("source-1", "before"), List.of("waits"), List.of("after"), List.of("out"));
    assertThat(plan.chains())
        .extracting(PlannedChain::blocking)
        .containsExactly(false, true, false, true);
    assertThat(plan.toDagText()).contains("waits ×2 (blocking)", "out ×2 (blocking)");
  }

  @Blocking
  private static final class Asking implements JoinFunction<Integer, Integer, Integer> {
    @Override
    public Integer join(Integer left, Integer right) {
      return left + right;
    }
  }

  @Test
  void shouldNotFuseTheFunctionOfAJoinThatMayBlock() {
    StreamApplication app =
        (streams, settings) -> {
          var left = streams.from(new Numbers("a")).id("a").keyBy(Integer.class, n -> n);
          var right = streams.from(new Numbers("b")).id("b").keyBy(Integer.class, n -> n);
          left.windowJoin(right, Window.global(), Integer.class, new Asking())
              .id("join")
              .to(NOWHERE)
              .id("out");
        };

    ExecutionPlan plan = plan(app, 1);

    assertThat(plan.processors())
        .filteredOn(PlannedProcessor::blocking)
        .extracting(PlannedProcessor::id)
        .containsExactly("join");
  }

  @Test
  void shouldShuffleWhereTheStepsOfAUnionDiffer() {
    StreamApplication app =
        (streams, settings) -> {
          var three = streams.from(new Numbers("a")).id("a").parallelism(3);
          var threes =
              three.union(streams.from(new Numbers("b")).id("b").parallelism(3)).filter(n -> true);
          threes.id("threes");
          var defaults = streams.from(new Numbers("c")).id("c");
          threes.union(defaults).filter(n -> true).id("all").to(NOWHERE).id("out");
          threes.filter(n -> true).id("same").parallelism(3).to(NOWHERE).id("out-same");
        };

    ExecutionPlan plan = plan(app, 4);

    assertThat(plan.processor("threes").parallelism()).isEqualTo(3);
    assertThat(plan.processor("all").parallelism()).isEqualTo(4);
    assertThat(plan.inputs("all"))
        .extracting(PlannedEdge::routing)
        .containsExactly(Routing.SHUFFLE, Routing.SHUFFLE);
    assertThat(plan.inputs("same"))
        .extracting(PlannedEdge::routing)
        .containsExactly(Routing.FORWARD);
  }

  @Test
  void shouldGiveASinkTheParallelismItPrefersUnlessTold() {
    Sink<Object> single =
        new Sink<>() {
          @Override
          public int preferredParallelism() {
            return 1;
          }

          @Override
          public SinkWriter<Object> open(ProcessorContext context) {
            return (value, timestamp) -> {};
          }
        };

    ExecutionPlan preferred =
        plan((streams, settings) -> streams.from(new Numbers("a")).to(single).id("out"), 3);
    ExecutionPlan told =
        plan(
            (streams, settings) ->
                streams.from(new Numbers("a")).to(single).id("out").parallelism(3),
            3);

    assertThat(preferred.processor("out").parallelism()).isEqualTo(1);
    assertThat(preferred.edges()).extracting(PlannedEdge::routing).containsExactly(Routing.SHUFFLE);
    assertThat(told.processor("out").parallelism()).isEqualTo(3);
  }

  @Test
  void shouldKeepTheTypeAlongAFilter() {
    ExecutionPlan plan =
        plan(
            (streams, settings) ->
                streams.from(new Numbers("a")).filter(n -> true).id("few").to(NOWHERE),
            1);

    assertThat(plan.processor("few").outputType()).isEqualTo("java.lang.Integer");
  }

  @Test
  void shouldNotFuseAStepWithTwoInputs() {
    Topology topology =
        Topology.builder()
            .source("a", new Numbers("x"), 2)
            .source("b", new Numbers("x"), 2)
            .sink("out", NOWHERE, 2)
            .edge("a", "out", Partitioner.forward())
            .edge("b", "out", Partitioner.forward())
            .build();

    ExecutionPlan plan = Planner.plan("app", topology, NONE, 1);

    assertThat(plan.edges()).noneMatch(PlannedEdge::fused);
    assertThat(plan.chains()).hasSize(3);
  }

  @Test
  void shouldDrawTheGraph() {
    Topology topology =
        Topology.builder()
            .source("in", new Numbers("x"), 2)
            .processor("split", PlannerTest::identity, Integer.class, 2)
            .processor("join", PlannerTest::identity, Integer.class, 4)
            .sink("out", NOWHERE, 4)
            .sink("log", NOWHERE, 1)
            .edge("in", "split", Partitioner.forward())
            .edge("in", "join", Partitioner.broadcast())
            .edge("split", "join", Partitioner.hash((Integer n) -> n))
            .edge("split", "log", Partitioner.shuffle())
            .edge("join", "out", Partitioner.forward())
            .build();

    assertThat(Planner.plan("app", topology, NONE, 1).toDagText())
        .isEqualTo(
            """
            in ×2
            ├─→ split ×2
            │  ├─hash → join ×4
            │  │  └─→ out ×4
            │  └─shuffle → log ×1
            └─broadcast → join ×4 (see above)""");
  }

  @Test
  void shouldFingerprintWhatMattersAndNothingElse() {
    String one = plan(wordCount(), 2).fingerprint();

    assertThat(one).matches("[0-9a-f]{64}").isEqualTo(plan(wordCount(), 2).fingerprint());
    assertThat(plan(wordCount(), 3).fingerprint()).isNotEqualTo(one);
    assertThat(Planner.plan("other", wordCount(), NONE, 2).fingerprint()).isNotEqualTo(one);
    assertThat(Planner.plan("app", wordCount(), Settings.of(Map.of("k", "v")), 2).fingerprint())
        .isNotEqualTo(one);
  }

  @Test
  void shouldAcceptTheSameDefinitionWhateverTheDefaultParallelismWas() {
    ExecutionPlan plan = plan(wordCount(), 5);

    Planner.requireSame(plan, Planner.topology(wordCount(), NONE), NONE);
  }

  @Test
  void shouldNameTheFirstDifferenceOfTwoDefinitions() {
    AtomicInteger runs = new AtomicInteger();
    StreamApplication fickle =
        (streams, settings) ->
            streams
                .from(new Numbers("a"))
                .id("in")
                .to(NOWHERE)
                .id("out")
                .parallelism(runs.incrementAndGet());
    ExecutionPlan plan = plan(fickle, 1);

    assertThatThrownBy(() -> Planner.requireSame(plan, plan(fickle, 1)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("step 'out': SINK, parallelism 1”")
        .hasMessageContaining("step 'out': SINK, parallelism 2”");
  }

  @Test
  void shouldRefuseOtherSettings() {
    ExecutionPlan plan = plan(wordCount(), 1);
    Topology topology = Planner.topology(wordCount(), NONE);

    assertThatThrownBy(() -> Planner.requireSame(plan, topology, Settings.of(Map.of("k", "v"))))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("settings");
  }

  @Test
  void shouldTellWhyADefinitionFailed() {
    assertThatThrownBy(() -> plan((streams, settings) -> settings.get("path"), 1))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("setting 'path' is missing; submit with --set path=…");
    assertThatThrownBy(
            () ->
                plan(
                    (streams, settings) -> {
                      throw new NoClassDefFoundError("com/acme/Missing");
                    },
                    1))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("NoClassDefFoundError: com/acme/Missing");
    assertThatThrownBy(() -> plan((streams, settings) -> streams.from(new Numbers("a")), 1))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("end the stream in a sink");
    assertThatThrownBy(() -> plan((streams, settings) -> {}, 1))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("defines no step");
  }

  @Test
  void shouldRefuseStreamsAndTopologyAtOnce() {
    Topology topology =
        Topology.builder()
            .source("a", new Numbers("x"), 1)
            .sink("out", NOWHERE, 1)
            .edge("a", "out", Partitioner.forward())
            .build();

    assertThatThrownBy(
            () ->
                plan(
                    (streams, settings) -> {
                      streams.use(topology);
                      streams.from(new Numbers("a")).to(NOWHERE);
                    },
                    1))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("one or the other");
  }

  @Test
  void shouldFindSplitsAndCheckSinks() {
    StreamApplication app =
        (streams, settings) -> streams.from(new Numbers("a", "b")).id("in").to(NOWHERE);

    ExecutionPlan plan = SourceSplits.discover(Planner.topology(app, NONE), plan(app, 1));

    assertThat(plan.splits().get("in")).extracting(split -> split.id()).containsExactly("a", "b");
  }

  @Test
  void shouldNameASinkThatCanNotBeWrittenAndASourceWithEqualSplits() {
    Sink<Object> full =
        new Sink<>() {
          @Override
          public void validate() throws Exception {
            throw new IOException("no space left for /out");
          }

          @Override
          public io.geartrain.api.SinkWriter<Object> open(
              io.geartrain.api.ProcessorContext context) {
            throw new IllegalStateException("never opened");
          }
        };
    assertDiscoveryFails(
        (streams, settings) -> streams.from(new Numbers("a")).to(full).id("out"),
        "sink 'out' can't be written: no space left for /out");
    assertDiscoveryFails(
        (streams, settings) -> streams.from(new Numbers("a", "a")).id("in").to(NOWHERE),
        "source 'in' gave two splits with the id 'a'");
  }

  @Test
  void shouldBearErrorsThatThrowWhenTheyAreAsked() {
    String mute = "getMessage() threw java.lang.IllegalStateException";
    Sink<Object> sulking =
        new Sink<>() {
          @Override
          public void validate() {
            throw new Mute();
          }

          @Override
          public SinkWriter<Object> open(ProcessorContext context) {
            throw new IllegalStateException("never opened");
          }
        };
    StreamApplication wordless =
        (streams, settings) -> {
          throw new Mute();
        };
    StreamApplication unmade =
        (streams, settings) ->
            streams
                .from(new Numbers("a"))
                .process(
                    Integer.class,
                    () -> {
                      throw new Mute();
                    })
                .id("step")
                .to(NOWHERE);

    assertDiscoveryFails(
        (streams, settings) -> streams.from(new Numbers("a")).to(sulking).id("out"),
        "sink 'out' can't be written: " + mute + " (Mute)");
    assertThatThrownBy(() -> Planner.topology(wordless, NONE))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("failed: Mute: " + mute);
    assertThatThrownBy(() -> plan(unmade, 1))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining(
            "the processor of step 'step' can't be made: io.geartrain.plan.Mute: " + mute);
  }

  private static void assertDiscoveryFails(StreamApplication app, String message) {
    Topology topology = Planner.topology(app, NONE);
    ExecutionPlan plan = plan(app, 1);
    assertThatThrownBy(() -> SourceSplits.discover(topology, plan))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining(message);
  }

  private static ExecutionPlan plan(StreamApplication app, int defaultParallelism) {
    return Planner.plan("app", app, NONE, defaultParallelism);
  }

  private static Processor<Integer, Integer> identity() {
    return (value, timestamp, out) -> out.emit(value);
  }

  private static StreamApplication wordCount() {
    return (streams, settings) ->
        streams
            .from(new Numbers("a"))
            .map(String.class, n -> "n" + n)
            .keyBy(String.class, word -> word)
            .window(Window.global())
            .count()
            .id("count")
            .to(NOWHERE)
            .parallelism(1);
  }
}
