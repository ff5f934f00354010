package io.geartrain.execution.internal;

import io.geartrain.channel.Channel;
import io.geartrain.channel.ChannelId;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Wakeable;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import io.geartrain.plan.PlannedEdge;
import io.geartrain.plan.PlannedProcessor;
import io.geartrain.plan.Routing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All channels of an execution; filled once by the builder, then read by the tasks. */
public final class ChannelTable {
  private record TaskKey(int chain, int index) {}

  private final ExecutionPlan plan;
  private final int planVersion;
  private final ChannelSizes sizes;
  private final Map<TaskKey, Wakeable> tasks = new HashMap<>();
  private final Map<ChannelId, Channel> channels = new HashMap<>();

  /** An empty table. */
  public ChannelTable(ExecutionPlan plan, int planVersion, ChannelSizes sizes) {
    this.plan = plan;
    this.planVersion = planVersion;
    this.sizes = sizes;
  }

  /** Adds a task as the end of channels. */
  public void add(PlannedChain chain, int index, Wakeable task) {
    tasks.put(new TaskKey(chain.index(), index), task);
  }

  /** Opens a channel for each pair of tasks that an edge joins; all of them. */
  public List<Channel> open() {
    for (PlannedEdge edge : plan.edges()) {
      if (!edge.fused()) {
        open(edge, plan.processor(edge.from()), plan.processor(edge.to()));
      }
    }
    return List.copyOf(channels.values());
  }

  /** The channels that leave a task by an edge, by the receiving task's index. */
  List<Channel> outputs(PlannedEdge edge, int from) {
    List<Channel> outputs = new ArrayList<>();
    for (int to = 0; to < plan.processor(edge.to()).parallelism(); to++) {
      outputs.addAll(channel(edge, from, to));
    }
    return outputs;
  }

  /** The channels that reach a task by an edge. */
  List<Channel> inputs(PlannedEdge edge, int to) {
    List<Channel> inputs = new ArrayList<>();
    for (int from = 0; from < plan.processor(edge.from()).parallelism(); from++) {
      inputs.addAll(channel(edge, from, to));
    }
    return inputs;
  }

  private void open(PlannedEdge edge, PlannedProcessor giver, PlannedProcessor taker) {
    for (int from = 0; from < giver.parallelism(); from++) {
      for (int to = 0; to < taker.parallelism(); to++) {
        if (edge.routing() != Routing.FORWARD || from == to) {
          ChannelId id = new ChannelId(edge.index(), from, to, planVersion);
          Wakeable producer = tasks.get(new TaskKey(giver.chain(), from));
          Wakeable consumer = tasks.get(new TaskKey(taker.chain(), to));
          channels.put(id, new Channel(id, sizes, producer, consumer));
        }
      }
    }
  }

  private List<Channel> channel(PlannedEdge edge, int from, int to) {
    Channel channel = channels.get(new ChannelId(edge.index(), from, to, planVersion));
    return channel == null ? Collections.emptyList() : List.of(channel);
  }
}
