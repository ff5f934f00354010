package io.geartrain.execution.internal;

import io.geartrain.api.KeySelector;
import io.geartrain.api.Partitioner;
import io.geartrain.api.Processor;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ProcessorSupplier;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.Topology;
import io.geartrain.api.Topology.Vertex;
import io.geartrain.channel.BroadcastRouter;
import io.geartrain.channel.Channel;
import io.geartrain.channel.Credit;
import io.geartrain.channel.EdgeWriter;
import io.geartrain.channel.ForwardRouter;
import io.geartrain.channel.HashRouter;
import io.geartrain.channel.InputGate;
import io.geartrain.channel.ShuffleRouter;
import io.geartrain.plan.KeyGroups;
import io.geartrain.plan.PlannedEdge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the steps and edges of one task from its own run of the definition. */
@SuppressWarnings("unchecked")
public final class ChainBuilder {
  private final TaskSpec spec;
  private final Topology topology;
  private final ChannelTable channels;
  private final Credit credit = new Credit();
  private final FailureLatch failures = new FailureLatch(credit);
  private final List<EdgeWriter> writers = new ArrayList<>();

  /** A builder for one task. */
  public ChainBuilder(TaskSpec spec, Topology topology, ChannelTable channels) {
    this.spec = spec;
    this.topology = topology;
    this.channels = channels;
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
    return new FusedChain(steps, writers, credit, failures);
  }

  /** Where the task's records come from. */
  public TaskInput input(FusedChain chain, TaskClock clock) {
    Vertex head = topology.vertex(spec.chain().head());
    if (head instanceof Vertex.SourceVertex source) {
      return new SourceInput(
          (Source<Object>) source.source(),
          spec.splitsOf(source.id()),
          spec.contextOf(source.id()),
          new SourceEmitter(source.id(), chain.head(), credit, spec.sizes().batchSize()),
          clock,
          failures,
          spec.sizes().batchSize());
    }
    List<Channel> inputs = new ArrayList<>();
    for (PlannedEdge edge : spec.plan().inputs(head.id())) {
      inputs.addAll(channels.inputs(edge, spec.index()));
    }
    return new GateInput(new InputGate(inputs));
  }

  private Step step(Vertex vertex, Map<String, Step> behind) {
    ProcessorContext context = spec.contextOf(vertex.id());
    if (vertex instanceof Vertex.SinkVertex sink) {
      return new SinkStep((Sink<Object>) sink.sink(), context, failures);
    }
    Outlet out = outlet(vertex.id(), behind);
    if (vertex instanceof Vertex.ProcessorVertex processor) {
      return new OperatorStep(processor(processor), context, out, failures);
    }
    return new SourceStep(vertex.id(), out);
  }

  private Processor<Object, Object> processor(Vertex.ProcessorVertex vertex) {
    try {
      Processor<Object, Object> made =
          ((ProcessorSupplier<Object, Object>) vertex.processor()).get();
      if (made == null) {
        throw new NullPointerException("the supplier of the processor gave null");
      }
      return made;
    } catch (Throwable e) {
      throw failures.note(vertex.id(), null, null, e);
    }
  }

  private Outlet outlet(String processorId, Map<String, Step> behind) {
    List<Outlet> outlets = new ArrayList<>();
    for (PlannedEdge edge : spec.plan().outputs(processorId)) {
      outlets.add(
          edge.fused()
              ? new StepOutlet(processorId, behind.get(edge.to()))
              : new EdgeOutlet(processorId, writer(edge), failures));
    }
    return outlets.size() == 1 ? outlets.get(0) : new FanOutlet(processorId, outlets);
  }

  private EdgeWriter writer(PlannedEdge edge) {
    List<Channel> outputs = channels.outputs(edge, spec.index());
    Partitioner<?> partitioner = topology.edges().get(edge.index()).partitioner();
    EdgeWriter writer = router(edge, outputs, partitioner);
    writers.add(writer);
    return writer;
  }

  private EdgeWriter router(PlannedEdge edge, List<Channel> outputs, Partitioner<?> partitioner) {
    if (partitioner instanceof Partitioner.Hash<?> hash) {
      return new HashRouter(
          outputs,
          credit,
          (KeySelector<Object, ?>) hash.key(),
          KeyGroups.owners(spec.plan().keyGroups(), outputs.size()),
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
