package io.geartrain.simulation.graph;

import io.geartrain.api.DataStream;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.simulation.time.Chance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A drawn application: its steps, its sinks, and what must be visible in the end. Immutable once it
 * is drawn.
 */
public final class Graph {
  private static final int MOST_ITEMS = 2_500;
  private static final int MOST_STEPS = 7;
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** What a sink writes. */
  private record End(Node node, boolean timed, int parallelism, long nanosPerRecord) {
    String id() {
      return "out-" + node.id();
    }
  }

  private record LateEnd(String id, Node input, LateWindows windows) {}

  private final Chance chance;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Node> leaves = new ArrayList<>();
  private final List<End> ends = new ArrayList<>();
  private final List<LateEnd> lateEnds = new ArrayList<>();

  private Graph(Chance chance) {
    this.chance = chance;
  }

  /** Draws one. */
  public static Graph drawn(Chance chance) {
    Graph graph = new Graph(chance);
    graph.sources();
    int steps = (int) chance.between(1, MOST_STEPS);
    for (int i = 0; i < steps; i++) {
      graph.step("s" + i);
    }
    graph.ends();
    return graph;
  }

  private void sources() {
    int count = (int) chance.skewed(1, 3);
    long spacingMs = chance.between(1, 8);
    boolean loaded = chance.oneIn(5);
    int most = (int) (loaded ? chance.between(10, 80) : chance.skewed(10, 500));
    for (int i = 0; i < count; i++) {
      Node source =
          Node.source(
              new DrawnSource("in" + i, chance, Math.max(6, most / count), spacingMs, loaded),
              parallelism());
      add(source);
      if (chance.oneIn(source.traits().onTime() ? 8 : 2)) {
        late(source);
      }
    }
  }

  /** Drawn tasks of a step; 0 = as many as the application has by default. */
  private int parallelism() {
    return chance.oneIn(3) ? (int) chance.between(1, 4) : 0;
  }

  private void add(Node node) {
    nodes.add(node);
    leaves.add(node);
  }

  /** A node to go on from; rather one that nobody reads yet. */
  private Node input() {
    return leaves.isEmpty() || chance.oneIn(3) ? chance.oneOf(nodes) : chance.oneOf(leaves);
  }

  private void step(String id) {
    Node input = input();
    int kind = chance.below(10);
    if (kind < 3 && windows(id, input) || kind < 6 && keyed(id, input)) {
      return;
    }
    if (kind == 6 && join(id, input, input())) {
      return;
    }
    if (kind == 7 && late(input)) {
      return;
    }
    List<Node> inputs = new ArrayList<>(List.of(input));
    if (chance.oneIn(4)) {
      inputs.add(input());
    }
    plain(id, inputs);
  }

  private boolean windows(String id, Node input) {
    Operation operation = Windows.drawn(chance);
    return operation.takes(input.traits()) && step(id, List.of(input), Node.Way.ANY, operation);
  }

  private boolean keyed(String id, Node input) {
    Operation operation = KeyedSteps.drawn(chance);
    return operation.takes(input.traits()) && step(id, List.of(input), Node.Way.ANY, operation);
  }

  private boolean join(String id, Node left, Node right) {
    if (!left.traits().and(right.traits()).windows()) {
      return false;
    }
    Node join = Node.join(id, left, right, Windows.Join.drawn(chance));
    return accepted(join, List.of(left, right));
  }

  private boolean late(Node input) {
    if (!input.traits().timed() || !input.distinct()) {
      return false;
    }
    lateEnds.add(new LateEnd("late" + lateEnds.size(), input, LateWindows.drawn(chance)));
    leaves.remove(input);
    return true;
  }

  private void plain(String id, List<Node> inputs) {
    Operation operation = Plain.drawn(chance);
    Node.Way way = chance.oneOf(List.of(Node.Way.values()));
    if (way == Node.Way.BROADCAST && !operation.stateless()) {
      way = Node.Way.SHUFFLED;
    }
    step(id, inputs, way, operation);
  }

  private boolean step(String id, List<Node> inputs, Node.Way way, Operation operation) {
    int tasks = way == Node.Way.BROADCAST ? (int) chance.between(1, 3) : parallelism();
    Node node = Node.step(id, inputs, way, operation, tasks);
    if (!accepted(node, inputs)) {
      return false;
    }
    if (operation instanceof Plain.Parted) {
      List<Item> in = new ArrayList<>();
      for (int i = 0; i < (way == Node.Way.BROADCAST ? tasks : 1); i++) {
        inputs.forEach(input -> in.addAll(input.expected()));
      }
      add(Node.otherHalf(id + "-side", node, in));
    }
    return true;
  }

  private boolean accepted(Node node, List<Node> inputs) {
    if (node.expected().size() > MOST_ITEMS) {
      return false;
    }
    leaves.removeAll(inputs);
    add(node);
    return true;
  }

  private void ends() {
    for (Node node : nodes) {
      if (leaves.contains(node) || chance.oneIn(5)) {
        long slow = chance.oneIn(6) ? chance.skewed(SLOW_NANOS / 20, SLOW_NANOS) : 0;
        ends.add(new End(node, node.traits().timed(), parallelism(), slow));
      }
    }
  }

  /** The application, as its code runs in a process. */
  public StreamApplication application(Site site) {
    return (streams, settings) -> define(streams, site);
  }

  private void define(Streams streams, Site site) {
    Map<Node, DataStream<Item>> built = new HashMap<>();
    for (Node node : nodes) {
      built.put(node, node.in(built, streams, site));
    }
    for (End end : ends) {
      LedgerSink sink = new LedgerSink(site, end.timed(), end.nanosPerRecord());
      var step = built.get(end.node()).to(sink).id(end.id());
      if (end.parallelism() > 0) {
        step.parallelism(end.parallelism());
      }
    }
    for (LateEnd end : lateEnds) {
      List<DataStream<Item>> both = end.windows().on(built.get(end.input()), end.id(), site);
      both.get(0).to(new LedgerSink(site, false, 0)).id("out-" + end.id() + "-counts");
      both.get(1).to(new LedgerSink(site, false, 0)).id("out-" + end.id() + "-items");
    }
  }

  /** What is wrong with what has become visible of a whole run; empty if nothing is. */
  public List<String> check(Map<String, Map<String, Integer>> visible) {
    List<String> wrong = new ArrayList<>();
    expected().forEach((sink, texts) -> compare(sink, texts, of(visible, sink), true, wrong));
    for (LateEnd end : lateEnds) {
      wrong.addAll(
          end.windows()
              .check(
                  end.id(),
                  end.input().expected(),
                  of(visible, "out-" + end.id() + "-counts"),
                  of(visible, "out-" + end.id() + "-items")));
    }
    return wrong;
  }

  /** What must never have become visible, at whatever moment a run was stopped. */
  public List<String> checkPart(Map<String, Map<String, Integer>> visible) {
    List<String> wrong = new ArrayList<>();
    expected().forEach((sink, texts) -> compare(sink, texts, of(visible, sink), false, wrong));
    return wrong;
  }

  private static Map<String, Integer> of(Map<String, Map<String, Integer>> visible, String sink) {
    return visible.getOrDefault(sink, Map.of());
  }

  private Map<String, Map<String, Integer>> expected() {
    Map<String, Map<String, Integer>> expected = new LinkedHashMap<>();
    for (End end : ends) {
      Map<String, Integer> texts = new TreeMap<>();
      for (Item item : end.node().expected()) {
        texts.merge(LedgerSink.text(item, item.time(), end.timed()), 1, Integer::sum);
      }
      expected.put(end.id(), texts);
    }
    return expected;
  }

  private static void compare(
      String sink,
      Map<String, Integer> expected,
      Map<String, Integer> visible,
      boolean whole,
      List<String> wrong) {
    TreeSet<String> all = new TreeSet<>(visible.keySet());
    all.addAll(expected.keySet());
    for (String text : all) {
      int must = expected.getOrDefault(text, 0);
      int is = visible.getOrDefault(text, 0);
      if (is > must || whole && is < must) {
        wrong.add("%s: %s is visible %d times instead of %d".formatted(sink, text, is, must));
      }
    }
  }

  /** Its steps and sinks, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    nodes.forEach(node -> text.append(node.id()).append(' ').append(node.traits()).append('\n'));
    ends.forEach(end -> text.append(end.id()).append('\n'));
    lateEnds.forEach(end -> text.append(end.id()).append('\n'));
    return text.toString();
  }
}
