package io.geartrain.master.internal;

import io.geartrain.actor.ActorRuntime;
import io.geartrain.coordination.Membership;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Announces this node to the cluster for as long as its actor system runs. */
@Component(
    name = "io.geartrain.master.node",
    immediate = true,
    service = {})
public final class NodeRegistration {
  private final Membership.Ticket ticket;

  /** Announces the node. */
  @Activate
  public NodeRegistration(@Reference ActorRuntime runtime, @Reference Membership membership) {
    RuntimeMXBean jvm = ManagementFactory.getRuntimeMXBean();
    NodeInfo node =
        new NodeInfo(
            runtime.nodeId(),
            runtime.address(),
            List.copyOf(runtime.roles()),
            System.getProperty("java.version"),
            ProcessHandle.current().pid(),
            Instant.ofEpochMilli(jvm.getStartTime()));
    ticket = membership.join(Membership.NODES, node.id(), new NodeInfoCodec().write(node));
  }

  @Deactivate
  void close() {
    ticket.close();
  }
}
