package io.geartrain.execution.internal;

import io.geartrain.channel.Channel;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.ConsumerEnd;
import io.geartrain.channel.Incarnation;
import io.geartrain.channel.ProducerEnd;
import io.geartrain.channel.Wakeable;
import io.geartrain.plan.ChannelMode;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import io.geartrain.plan.PlannedEdge;
import io.geartrain.plan.PlannedProcessor;
import io.geartrain.plan.Routing;
import io.geartrain.transport.FrameChannel;
import io.geartrain.transport.Loopback;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All channels of an execution; filled once by the builder, then read by the tasks. */
public final class ChannelTable {
  private record TaskKey(int chain, int index) {}

  private record Ends(ProducerEnd producer, ConsumerEnd consumer) {}

  private final ExecutionPlan plan;
  private final Incarnation incarnation;
  private final ChannelSizes sizes;
  private final ChannelMode mode;
  private final ChannelCodecs codecs;
  private final Map<TaskKey, Wakeable> tasks = new HashMap<>();
  private final Map<ChannelId, Ends> channels = new LinkedHashMap<>();

  /**
   * An empty table.
   *
   * @param incarnation which time the tasks are set up
   * @param mode how records pass from task to task
   * @param loader finds the application's classes
   */
  public ChannelTable(
      ExecutionPlan plan,
      Incarnation incarnation,
      ChannelSizes sizes,
      ChannelMode mode,
      ClassLoader loader) {
    this.plan = plan;
    this.incarnation = incarnation;
    this.sizes = sizes;
    this.mode = mode;
    this.codecs = new ChannelCodecs(plan.types(), loader);
  }

  /** Adds a task as the end of channels. */
  public void add(PlannedChain chain, int index, Wakeable task) {
    tasks.put(new TaskKey(chain.index(), index), task);
  }

  /** Opens a channel for each pair of tasks that an edge joins; the producers' ends of all. */
  public Collection<ProducerEnd> open() {
    for (PlannedEdge edge : plan.edges()) {
      if (!edge.fused()) {
        open(edge, plan.processor(edge.from()), plan.processor(edge.to()));
      }
    }
    return channels.values().stream().map(Ends::producer).toList();
  }

  /** The channels that leave a task by an edge, by the receiving task's index. */
  List<ProducerEnd> outputs(PlannedEdge edge, int from) {
    List<ProducerEnd> outputs = new ArrayList<>();
    for (int to = 0; to < plan.processor(edge.to()).parallelism(); to++) {
      Ends ends = channels.get(new ChannelId(edge.index(), from, to, incarnation.planVersion()));
      if (ends != null) {
        outputs.add(ends.producer());
      }
    }
    return outputs;
  }

  /** The channels that reach a task by an edge. */
  List<ConsumerEnd> inputs(PlannedEdge edge, int to) {
    List<ConsumerEnd> inputs = new ArrayList<>();
    for (int from = 0; from < plan.processor(edge.from()).parallelism(); from++) {
      Ends ends = channels.get(new ChannelId(edge.index(), from, to, incarnation.planVersion()));
      if (ends != null) {
        inputs.add(ends.consumer());
      }
    }
    return inputs;
  }

  private void open(PlannedEdge edge, PlannedProcessor giver, PlannedProcessor taker) {
    for (int from = 0; from < giver.parallelism(); from++) {
      for (int to = 0; to < taker.parallelism(); to++) {
        if (edge.routing() != Routing.FORWARD || from == to) {
          ChannelId id = new ChannelId(edge.index(), from, to, incarnation.planVersion());
          Wakeable producer = tasks.get(new TaskKey(giver.chain(), from));
          Wakeable consumer = tasks.get(new TaskKey(taker.chain(), to));
          channels.put(id, ends(edge, id, producer, consumer));
        }
      }
    }
  }

  private Ends ends(PlannedEdge edge, ChannelId id, Wakeable producer, Wakeable consumer) {
    if (mode == ChannelMode.LOCAL) {
      Channel channel = new Channel(id, sizes, producer, consumer);
      return new Ends(channel, channel);
    }
    FrameChannel channel =
        new FrameChannel(id, channels.size(), incarnation, edge.from(), edge.to());
    Loopback loopback = Loopback.open(channel, sizes, codecs, producer, consumer);
    return new Ends(loopback.producerEnd(), loopback.consumerEnd());
  }
}
