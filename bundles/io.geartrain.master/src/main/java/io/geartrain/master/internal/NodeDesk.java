package io.geartrain.master.internal;

import io.geartrain.protocol.ClientToMaster.StopNode;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.MasterToWorker.ShutDownNode;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Knows the nodes of the cluster, and has one stopped by its worker. Owned by {@link MasterState}.
 */
final class NodeDesk {
  private final SortedMap<String, NodeInfo> nodes = new TreeMap<>();
  private final WorkerRegistry workers;
  private final Effects effects;

  NodeDesk(WorkerRegistry workers, Effects effects) {
    this.workers = workers;
    this.effects = effects;
  }

  /** The nodes of the cluster, from now on. */
  void members(Collection<NodeInfo> members) {
    nodes.clear();
    members.forEach(node -> nodes.put(node.id(), node));
  }

  /** All of them, by id. */
  Collection<NodeInfo> all() {
    return nodes.values();
  }

  /** Somebody stops a node. */
  void stop(long token, StopNode message) {
    Optional<RegisterWorker> worker = workers.onNode(message.nodeId());
    if (worker.isPresent()) {
      effects.tell(worker.get(), new ShutDownNode("asked for by " + message.principal()));
      effects.reply(token, new Done());
    } else if (nodes.containsKey(message.nodeId())) {
      effects.reply(
          token,
          new Refused(
              "bad-request",
              "Node '%s' runs no worker that could stop it.".formatted(message.nodeId()),
              "Run `gear node stop` on that machine."));
    } else {
      effects.reply(
          token,
          new Refused(
              "not-found",
              "There is no node '%s'.".formatted(message.nodeId()),
              nodes.isEmpty() ? null : "There are: " + String.join(", ", nodes.keySet()) + "."));
    }
  }
}
