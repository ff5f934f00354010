package io.geartrain.console.gogo.internal;

import io.geartrain.client.ClusterClient;
import io.geartrain.spi.BundleStore;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Registers the commands with the shell. Used by the thread of the shell. */
@Component(
    name = "io.geartrain.console.gogo",
    service = CommandsComponent.class,
    property = {
      "osgi.command.scope=gear",
      "osgi.command.function=apps",
      "osgi.command.function=app",
      "osgi.command.function=bundles",
      "osgi.command.function=schedulers",
      "osgi.command.function=nodes",
      "osgi.command.function=submit",
      "osgi.command.function=cancel",
      "osgi.command.function=deploy",
      "osgi.command.function=undeploy"
    })
public final class CommandsComponent {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ClusterClient cluster;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile BundleStore store;

  private final GearCommands commands = new GearCommands(() -> cluster, () -> store);

  /** All applications. */
  public String apps() {
    return commands.apps();
  }

  /** One application. */
  public String app(String id) {
    return commands.app(id);
  }

  /** The deployed bundles. */
  public String bundles() {
    return commands.bundles();
  }

  /** The schedulers. */
  public String schedulers() {
    return commands.schedulers();
  }

  /** The nodes. */
  public String nodes() {
    return commands.nodes();
  }

  /** Submits an application: bundle, then settings as {@code key=value}. */
  public String submit(String bundle, String... settings) {
    return commands.submit(bundle, settings);
  }

  /** Cancels an application. */
  public String cancel(String id) {
    return commands.cancel(id);
  }

  /** Deploys a jar from this machine. */
  public String deploy(String file) {
    return commands.deploy(file);
  }

  /** Undeploys a bundle. */
  public String undeploy(String name) {
    return commands.undeploy(name);
  }
}
