package io.geartrain.execution.internal;

import io.geartrain.api.Aggregator;
import io.geartrain.api.CustomPartitioner;
import io.geartrain.api.EventTime;
import io.geartrain.api.KeySelector;
import io.geartrain.api.KeyedProcessorSupplier;
import io.geartrain.api.OutputTag;
import io.geartrain.api.Partitioner;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ProcessorSupplier;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.KeyDefinition;
import io.geartrain.api.Topology.Vertex;
import io.geartrain.api.Topology.Windowing;
import io.geartrain.api.Window;
import io.geartrain.channel.BroadcastRouter;
import io.geartrain.channel.ConsumerEnd;
import io.geartrain.channel.Credit;
import io.geartrain.channel.CustomRouter;
import io.geartrain.channel.EdgeWriter;
import io.geartrain.channel.ForwardRouter;
import io.geartrain.channel.HashRouter;
import io.geartrain.channel.InputGate;
import io.geartrain.channel.ProducerEnd;
import io.geartrain.channel.RoutingTable;
import io.geartrain.channel.ShuffleRouter;
import io.geartrain.plan.KeyGroups;
import io.geartrain.plan.PlannedEdge;
import io.geartrain.time.Slices;
import io.geartrain.time.SourcePace;
import io.geartrain.time.SplitWatermarks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the steps and edges of one task from its own run of the definition. */
@SuppressWarnings("unchecked")
public final class ChainBuilder {
  private final TaskSpec spec;
  private final Topology topology;
  private final ChannelTable channels;
  private final SourcePace pace;
  private final TaskClock clock;
  private final TaskState state;
  private final Credit credit = new Credit();
  private final FailureLatch failures = new FailureLatch(credit);
  private final List<EdgeWriter> writers = new ArrayList<>();
  private final List<Step> combining = new ArrayList<>();

  /** A builder for one task. */
  public ChainBuilder(
      TaskSpec spec,
      Topology topology,
      ChannelTable channels,
      SourcePace pace,
      TaskClock clock,
      TaskState state) {
    this.spec = spec;
    this.topology = topology;
    this.channels = channels;
    this.pace = pace;
    this.clock = clock;
    this.state = state;
  }

  /** The task's steps; the user's parts exist but are not open. */
  public FusedChain chain() {
    List<String> ids = spec.chain().processors();
    Map<String, Step> byId = new HashMap<>();
    List<Step> steps = new ArrayList<>();
    for (int i = ids.size() - 1; i >= 0; i--) {
      Step step = step(topology.vertex(ids.get(i)), byId);
      byId.put(step.id(), step);
      steps.add(0, step);
    }
    return new FusedChain(steps, combining, writers, credit, failures);
  }

  /** Where the task's records come from. */
  public TaskInput input(FusedChain chain) {
    Vertex head = topology.vertex(spec.chain().head());
    if (head instanceof Vertex.SourceVertex source) {
      long aheadMs = longestWindowMs(source.id());
      return new SourceInput(
          (Source<Object>) source.source(),
          state.splits(source.id()),
          spec.contextOf(source.id(), null),
          new SourceEmitter(
              source.id(),
              chain.head(),
              credit,
              eventTime(source),
              failures,
              spec.sizes().batchSize()),
          watermarks(eventTime(source)),
          aheadMs == 0 ? new SourcePace() : pace,
          aheadMs,
          clock,
          failures,
          spec.sizes().batchSize(),
          writers.isEmpty());
    }
    List<ConsumerEnd> inputs = new ArrayList<>();
    for (PlannedEdge edge : spec.plan().inputs(head.id())) {
      inputs.addAll(channels.inputs(edge, spec.index()));
    }
    return new GateInput(new InputGate(inputs));
  }

  /**
   * By how much the splits of a source may be ahead: then windows hold at most about twice of what
   * they must. 0, so that none of them waits or is waited for, if no window is behind the source.
   */
  private long longestWindowMs(String from) {
    Set<String> behind = new HashSet<>(Set.of(from));
    Deque<String> next = new ArrayDeque<>(behind);
    long longest = 0;
    while (!next.isEmpty()) {
      String id = next.remove();
      if (topology.vertex(id) instanceof Vertex.AggregateVertex aggregate
          && aggregate.windowing() != null) {
        longest = Math.max(longest, lengthMs(aggregate.windowing().window()));
      }
      for (Topology.Edge edge : topology.edges()) {
        if (edge.from().equals(id) && behind.add(edge.to())) {
          next.add(edge.to());
        }
      }
    }
    return longest;
  }

  private static long lengthMs(Window window) {
    if (window instanceof Window.Sliding sliding) {
      return sliding.size().toMillis();
    }
    return window instanceof Window.Session session ? session.gap().toMillis() : 0;
  }

  private static EventTime<Object> eventTime(Vertex.SourceVertex source) {
    return (EventTime<Object>) source.eventTime();
  }

  private SplitWatermarks watermarks(EventTime<?> eventTime) {
    return new SplitWatermarks(eventTime.latenessMs(), eventTime.idleAfterMs(), clock::millis);
  }

  private Step step(Vertex vertex, Map<String, Step> behind) {
    if (vertex instanceof Vertex.SinkVertex sink) {
      return new SinkStep(
          (Sink<Object>) sink.sink(), spec.contextOf(sink.id(), null), state, failures);
    }
    Outlets outlets = outlets(vertex.id(), behind);
    ProcessorContext context = spec.contextOf(vertex.id(), outlets);
    if (vertex instanceof Vertex.ProcessorVertex processor) {
      return new OperatorStep(
          made(vertex, ((ProcessorSupplier<Object, Object>) processor.processor())::get),
          context,
          state,
          outlets,
          failures);
    }
    if (vertex instanceof Vertex.KeyedVertex keyed) {
      return new KeyedStep(
          key(keyed.id(), keyed.key()),
          made(vertex, ((KeyedProcessorSupplier<Object, Object, Object>) keyed.processor())::get),
          context,
          clock,
          state,
          outlets,
          failures);
    }
    if (vertex instanceof Vertex.AggregateVertex aggregate) {
      return aggregate(aggregate, outlets);
    }
    return new SourceStep(vertex.id(), outlets.main());
  }

  private Step aggregate(Vertex.AggregateVertex vertex, Outlets outlets) {
    Key key = key(vertex.id(), vertex.key());
    Aggregator<Object, Object, Object> aggregator =
        (Aggregator<Object, Object, Object>) vertex.aggregator();
    Windowing<?> windowing = vertex.windowing();
    if (windowing == null) {
      return new AggregateStep(key, aggregator, state, outlets, failures);
    }
    if (windowing.window() instanceof Window.Global) {
      return new GlobalWindowStep(key, aggregator, state, outlets, failures);
    }
    LateRecords late = new LateRecords(outlets, windowing.lateOutput());
    long latenessMs = windowing.latenessMs();
    if (windowing.window() instanceof Window.Session session) {
      return new SessionWindowStep(
          key, session, aggregator, latenessMs, late, state, outlets, failures);
    }
    Window.Sliding sliding = (Window.Sliding) windowing.window();
    return new SlidingWindowStep(
        key, sliding, aggregator, latenessMs, late, state, outlets, failures);
  }

  private static Key key(String stepId, KeyDefinition<?, ?> key) {
    return new Key(stepId, (KeySelector<Object, Object>) key.selector());
  }

  private <P> P made(Vertex vertex, Supplier<P> supplier) {
    try {
      P made = supplier.get();
      if (made == null) {
        throw new NullPointerException("the supplier of the processor gave null");
      }
      return made;
    } catch (Throwable e) {
      throw failures.note(vertex.id(), null, null, e);
    }
  }

  private Outlets outlets(String processorId, Map<String, Step> behind) {
    Map<String, List<Outlet>> byOutput = new LinkedHashMap<>();
    byOutput.put(OutputTag.MAIN, new ArrayList<>());
    for (PlannedEdge edge : spec.plan().outputs(processorId)) {
      byOutput
          .computeIfAbsent(edge.output(), output -> new ArrayList<>())
          .add(outlet(processorId, edge, behind));
    }
    Map<String, Outlet> outlets = new LinkedHashMap<>();
    byOutput.forEach(
        (output, targets) ->
            outlets.put(
                output,
                targets.size() == 1 ? targets.get(0) : new FanOutlet(processorId, targets)));
    return new Outlets(processorId, outlets, credit);
  }

  private Outlet outlet(String processorId, PlannedEdge edge, Map<String, Step> behind) {
    if (edge.fused()) {
      return new StepOutlet(processorId, behind.get(edge.to()));
    }
    EdgeWriter writer = writer(edge);
    if (!edge.combined()) {
      return new EdgeOutlet(processorId, writer, failures);
    }
    Vertex.AggregateVertex taker = (Vertex.AggregateVertex) topology.vertex(edge.to());
    Step combine = combine(processorId, taker, (HashRouter) writer);
    combining.add(combine);
    return new StepOutlet(processorId, combine);
  }

  private Step combine(String giver, Vertex.AggregateVertex vertex, HashRouter writer) {
    Window window = vertex.windowing().window();
    return new CombineStep(
        giver,
        key(vertex.id(), vertex.key()),
        (Aggregator<Object, Object, Object>) vertex.aggregator(),
        window instanceof Window.Sliding sliding ? Slices.of(sliding) : null,
        Arrays.stream(state.closedUpTo(vertex.id())).max().orElse(Long.MIN_VALUE),
        writer,
        failures);
  }

  private EdgeWriter writer(PlannedEdge edge) {
    List<ProducerEnd> outputs = channels.outputs(edge, spec.index());
    Partitioner<?> partitioner = topology.edges().get(edge.index()).partitioner();
    EdgeWriter writer = router(edge, outputs, partitioner);
    writer.stampBy(spec.chain().blocking() ? clock::nanoTime : clock::lastNanos);
    writers.add(writer);
    return writer;
  }

  private EdgeWriter router(
      PlannedEdge edge, List<ProducerEnd> outputs, Partitioner<?> partitioner) {
    if (partitioner instanceof Partitioner.Hash<?> hash) {
      return new HashRouter(
          new RoutingTable(outputs, KeyGroups.owners(spec.plan().keyGroups(), outputs.size())),
          credit,
          (KeySelector<Object, ?>) hash.key(),
          "'" + edge.from() + "' → '" + edge.to() + "'");
    }
    if (partitioner instanceof Partitioner.Custom<?> custom) {
      return new CustomRouter(
          outputs,
          credit,
          (CustomPartitioner<Object>) custom.partitioner(),
          "'" + edge.from() + "' → '" + edge.to() + "'");
    }
    if (partitioner instanceof Partitioner.Broadcast) {
      return new BroadcastRouter(outputs, credit);
    }
    if (partitioner instanceof Partitioner.Shuffle) {
      return new ShuffleRouter(outputs, credit, 31L * edge.index() + spec.index() + 1);
    }
    return new ForwardRouter(outputs.get(0), credit);
  }
}
