package io.geartrain.simulation.graph;

import io.geartrain.api.DataStream;
import io.geartrain.api.SourceStream;
import io.geartrain.api.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A step of a drawn graph, with what it is to give. Immutable. */
abstract class Node {
  private final String id;
  private final Traits traits;
  private final List<Item> expected;

  private Node(String id, Traits traits, List<Item> expected) {
    this.id = id;
    this.traits = traits;
    this.expected = expected;
  }

  String id() {
    return id;
  }

  Traits traits() {
    return traits;
  }

  /** What leaves it, in any order. */
  List<Item> expected() {
    return expected;
  }

  /** Whether no two of its items are alike. */
  boolean distinct() {
    return expected.stream().mapToLong(Item::id).distinct().count() == expected.size();
  }

  /** Adds it to a graph whose earlier nodes are there. */
  abstract DataStream<Item> in(Map<Node, DataStream<Item>> earlier, Streams streams, Site site);

  /** How records come to the tasks of a step. */
  enum Way {
    /** As the plan likes it. */
    ANY {
      @Override
      DataStream<Item> of(DataStream<Item> in) {
        return in;
      }
    },
    /** To a task that has little to do. */
    SHUFFLED {
      @Override
      DataStream<Item> of(DataStream<Item> in) {
        return in.shuffle();
      }
    },
    /** To a task that a function names. */
    CHOSEN {
      @Override
      DataStream<Item> of(DataStream<Item> in) {
        return in.partition((item, parallelism) -> item.key(parallelism));
      }
    },
    /** To all tasks. */
    BROADCAST {
      @Override
      DataStream<Item> of(DataStream<Item> in) {
        return in.broadcast();
      }
    };

    abstract DataStream<Item> of(DataStream<Item> in);
  }

  /** A source. */
  static Node source(DrawnSource source, int parallelism) {
    return new Node(source.id(), source.traits(), source.records()) {
      @Override
      DataStream<Item> in(Map<Node, DataStream<Item>> earlier, Streams streams, Site site) {
        SourceStream<Item> stream =
            streams
                .from(source.in(site))
                .eventTime(Item::time, Duration.ofMillis(source.latenessMs()))
                .id(source.id());
        if (source.idleAfterMs() > 0) {
          stream = stream.idleAfter(Duration.ofMillis(source.idleAfterMs()));
        }
        return parallelism == 0 ? stream : stream.parallelism(parallelism);
      }
    };
  }

  /**
   * A step over one or more streams.
   *
   * @param parallelism 0 = the application's
   */
  static Node step(String id, List<Node> inputs, Way way, Operation operation, int parallelism) {
    int copies = way == Way.BROADCAST ? parallelism : 1;
    List<Item> in = new ArrayList<>();
    Traits traits = inputs.get(0).traits();
    for (Node input : inputs) {
      for (int i = 0; i < copies; i++) {
        in.addAll(input.expected());
      }
      traits = traits.and(input.traits());
    }
    return new Node(id, operation.after(traits), operation.of(in)) {
      @Override
      DataStream<Item> in(Map<Node, DataStream<Item>> earlier, Streams streams, Site site) {
        DataStream<Item> all = earlier.get(inputs.get(0));
        for (Node more : inputs.subList(1, inputs.size())) {
          all = all.union(earlier.get(more));
        }
        DataStream<Item> stream = operation.on(way.of(all), id, site);
        return parallelism == 0 ? stream : stream.parallelism(parallelism);
      }
    };
  }

  /** The side output of a step that parts its input. */
  static Node otherHalf(String id, Node parting, List<Item> inOfParting) {
    Operation half = new Plain.OtherHalf();
    return new Node(id, parting.traits(), half.of(inOfParting)) {
      @Override
      DataStream<Item> in(Map<Node, DataStream<Item>> earlier, Streams streams, Site site) {
        return half.on(earlier.get(parting), id, site);
      }
    };
  }

  /** A join of two streams. */
  static Node join(String id, Node left, Node right, Windows.Join join) {
    return new Node(
        id, left.traits().and(right.traits()), join.of(left.expected(), right.expected())) {
      @Override
      DataStream<Item> in(Map<Node, DataStream<Item>> earlier, Streams streams, Site site) {
        return join.on(earlier.get(left), earlier.get(right), id);
      }
    };
  }
}
