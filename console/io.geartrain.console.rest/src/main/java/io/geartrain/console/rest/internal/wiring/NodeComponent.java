package io.geartrain.console.rest.internal.wiring;

import io.geartrain.client.ClusterClient;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.spi.BundleStore;
import io.geartrain.spi.ReadinessCheck;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Holds the services that come and go. Thread-safe. */
@Component(name = "io.geartrain.console.rest.node", service = Node.class)
public final class NodeComponent implements Node {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ClusterClient cluster;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile BundleStore bundleStore;

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  // references: the API itself is behind one of the checks, services would make a circle
  private volatile List<ServiceReference<ReadinessCheck>> readinessChecks = List.of();

  private final BundleContext context;

  /** Finds services through the context of its bundle. */
  @Activate
  public NodeComponent(BundleContext context) {
    this.context = context;
  }

  @Override
  public ClusterClient cluster() {
    ClusterClient present = cluster;
    if (present == null) {
      throw Problem.unavailable("This node has no way to a master yet.");
    }
    return present;
  }

  @Override
  public BundleStore bundleStore() {
    BundleStore present = bundleStore;
    if (present == null) {
      throw Problem.unavailable("The bundle store of this node has not started yet.");
    }
    return present;
  }

  @Override
  public List<ReadinessCheck> readinessChecks() {
    return readinessChecks.stream().map(context::getService).filter(Objects::nonNull).toList();
  }
}
