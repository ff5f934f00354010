package io.geartrain.deploy.internal;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.deploy.DesiredState;
import io.geartrain.deploy.NodeBundle;
import io.geartrain.deploy.NodeReports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's deployment in turns: look at the folder, converge, report. Owned by the agent's
 * thread.
 */
final class NodeDeployer {
  private static final Logger LOG = LoggerFactory.getLogger(NodeDeployer.class);

  private final String nodeId;
  private final DeployFolder folder;
  private final DesiredState desired;
  private final NodeReports reports;
  private final BundleAgent agent;
  private final AtomicBoolean requested;
  private List<NodeBundle> converged = List.of();
  private List<NodeBundle> written;
  private boolean storeSilent;

  /**
   * A deployer that has not begun.
   *
   * @param requested set whenever the desired state or the framework may have changed
   */
  NodeDeployer(
      String nodeId,
      DeployFolder folder,
      DesiredState desired,
      NodeReports reports,
      BundleAgent agent,
      AtomicBoolean requested) {
    this.nodeId = nodeId;
    this.folder = folder;
    this.desired = desired;
    this.reports = reports;
    this.agent = agent;
    this.requested = requested;
  }

  /**
   * Does what there is to do; what fails is done again in the next turn.
   *
   * @param nowMs time on a clock that never goes back, in ms
   */
  void turn(long nowMs) {
    try {
      folder.look(nowMs);
      if (requested.getAndSet(false)) {
        converged = agent.converge(desired.all());
      }
      report();
      storeSilent = false;
    } catch (CoordinationException e) {
      requested.set(true);
      if (!storeSilent) {
        LOG.warn("deployment waits for the coordination store: {}", e.getMessage());
      }
      storeSilent = true;
    } catch (RuntimeException e) {
      requested.set(true);
      LOG.error("a turn of the deployment failed; it is tried again", e);
    }
  }

  private void report() {
    List<NodeBundle> current = new ArrayList<>(converged);
    current.addAll(folder.broken());
    if (!current.equals(written)) {
      reports.write(nodeId, current);
      written = current;
    }
  }
}
