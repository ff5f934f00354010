package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.Emitter;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Processor;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Topology;
import io.geartrain.channel.ChannelSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the graph, the sizes and the order of turns: each path carries each record once. */
class RandomGraphTest {
  @Property(tries = 400)
  void everyPathCarriesEveryRecordOnce(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int batchSize) {
    Graph graph = new Graph(new Random(seed));
    CollectingSink<Integer> sink = new CollectingSink<>();

    Run run =
        Run.of(graph.application(sink), 2, new ChannelSizes(batchSize, 2 + (int) (seed & 3)), seed);
    run.go();

    assertThat(run.outcomes.failed).isEmpty();
    assertThat(run.outcomes.finished).hasSize(run.execution.tasks().size());
    assertThat(run.execution.overdrawnBatches()).isZero();
    assertThat(counts(sink.visible)).isEqualTo(graph.expected());
  }

  @Property(tries = 60)
  void realThreadsLoseNothingEither(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int batchSize) {
    Graph graph = new Graph(new Random(seed));
    CollectingSink<Integer> sink = new CollectingSink<>();

    Outcomes outcomes = Run.pooled(graph.application(sink), 2, new ChannelSizes(batchSize, 2), 2);

    assertThat(outcomes.failed).isEmpty();
    assertThat(counts(sink.visible)).isEqualTo(graph.expected());
  }

  private static Map<Integer, Long> counts(Iterable<Integer> values) {
    Map<Integer, Long> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }

  /** Layers of steps, each fed by one or more steps of earlier layers. */
  private static final class Graph {
    private record Node(String id, int parallelism, int repeat, boolean atEnd, List<Link> inputs) {}

    private record Link(String from, int routing) {}

    private final List<Node> sources = new ArrayList<>();
    private final List<Node> operators = new ArrayList<>();
    private final List<Node> sinks = new ArrayList<>();
    private final int records;
    private final int idleEvery;

    Graph(Random random) {
      records = random.nextInt(300);
      idleEvery = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 0;
      for (int i = 0; i < 1 + random.nextInt(2); i++) {
        sources.add(new Node("in" + i, 1 + random.nextInt(3), 1, false, List.of()));
      }
      List<Node> givers = new ArrayList<>(sources);
      for (int i = 0; i < random.nextInt(4); i++) {
        Node node = node("op" + i, random, givers);
        operators.add(node);
        givers.add(node);
      }
      for (Node giver : givers) {
        if (operators.stream().noneMatch(node -> feeds(giver, node))) {
          int parallelism = 1 + random.nextInt(3);
          Link link = link(giver, parallelism, random);
          sinks.add(new Node("out-" + giver.id(), parallelism, 1, false, List.of(link)));
        }
      }
    }

    private static boolean feeds(Node giver, Node node) {
      return node.inputs().stream().anyMatch(link -> link.from().equals(giver.id()));
    }

    private static Node node(String id, Random random, List<Node> givers) {
      int parallelism = 1 + random.nextInt(3);
      List<Link> inputs = new ArrayList<>();
      for (Node giver : givers) {
        if (random.nextInt(3) == 0 || inputs.isEmpty() && giver == givers.get(givers.size() - 1)) {
          inputs.add(link(giver, parallelism, random));
        }
      }
      return new Node(id, parallelism, random.nextInt(4), random.nextInt(4) == 0, inputs);
    }

    private static Link link(Node giver, int parallelism, Random random) {
      int routing = random.nextInt(4);
      boolean forward = routing == 0 && giver.parallelism() == parallelism;
      return new Link(giver.id(), forward ? 0 : Math.max(1, routing));
    }

    StreamApplication application(CollectingSink<Integer> sink) {
      return (streams, settings) -> {
        Topology.Builder builder = Topology.builder();
        for (Node node : sources) {
          builder.source(node.id(), source(), node.parallelism());
        }
        for (Node node : operators) {
          builder.processor(node.id(), () -> operator(node), Integer.class, node.parallelism());
        }
        for (Node node : sinks) {
          builder.sink(node.id(), sink, node.parallelism());
        }
        operators.forEach(node -> join(builder, node));
        sinks.forEach(node -> join(builder, node));
        streams.use(builder.build());
      };
    }

    private static Processor<Integer, Integer> operator(Node node) {
      return node.atEnd() ? new Hoard(node.repeat()) : new Repeat(node.repeat());
    }

    private static void join(Topology.Builder builder, Node node) {
      for (Link link : node.inputs()) {
        builder.edge(link.from(), node.id(), partitioner(link.routing()));
      }
    }

    private static Partitioner<?> partitioner(int routing) {
      return switch (routing) {
        case 0 -> Partitioner.forward();
        case 1 -> Partitioner.hash((Integer n) -> n % 17);
        case 2 -> Partitioner.shuffle();
        default -> Partitioner.broadcast();
      };
    }

    private ListSource<Integer> source() {
      List<List<Integer>> splits = new ArrayList<>();
      splits.add(new ArrayList<>());
      splits.add(new ArrayList<>());
      for (int n = 0; n < records; n++) {
        splits.get(n % 2).add(n % 50);
      }
      return new ListSource<>(Integer.class, splits, idleEvery);
    }

    Map<Integer, Long> expected() {
      Map<String, Long> factors = new HashMap<>();
      sources.forEach(node -> factors.put(node.id(), 1L));
      operators.forEach(node -> factors.put(node.id(), inFactor(node, factors) * node.repeat()));
      long total = 0;
      for (Node node : sinks) {
        total += inFactor(node, factors);
      }
      Map<Integer, Long> expected = new HashMap<>();
      for (int n = 0; n < records && total > 0; n++) {
        expected.merge(n % 50, total, Long::sum);
      }
      return expected;
    }

    private static long inFactor(Node node, Map<String, Long> factors) {
      long factor = 0;
      for (Link link : node.inputs()) {
        factor += factors.get(link.from()) * (link.routing() == 3 ? node.parallelism() : 1);
      }
      return factor;
    }
  }

  private record Repeat(int times) implements Processor<Integer, Integer> {
    @Override
    public void process(Integer value, long timestamp, Emitter<Integer> out) {
      for (int i = 0; i < times; i++) {
        out.emit(value);
      }
    }
  }

  /** Keeps all until the end, then hands half of it on at the watermark, half at the end. */
  private static final class Hoard implements Processor<Integer, Integer> {
    private final int times;
    private final List<Integer> kept = new ArrayList<>();

    Hoard(int times) {
      this.times = times;
    }

    @Override
    public void process(Integer value, long timestamp, Emitter<Integer> out) {
      kept.add(value);
    }

    @Override
    public void onWatermark(long watermark, Emitter<Integer> out) {
      emit(out, kept.size() / 2);
    }

    @Override
    public void onEnd(Emitter<Integer> out) {
      emit(out, kept.size());
    }

    private void emit(Emitter<Integer> out, int count) {
      for (int i = 0; i < count; i++) {
        Integer value = kept.remove(kept.size() - 1);
        for (int n = 0; n < times; n++) {
          out.emit(value);
        }
      }
    }
  }
}
