package io.geartrain.deploy.internal;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Registration;
import io.geartrain.deploy.DesiredState;
import io.geartrain.deploy.NodeReports;
import io.geartrain.spi.ApplicationBundles;
import io.geartrain.spi.BundleStore;
import io.geartrain.spi.ResourceScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Runs the agent of this node on a thread of its own, and offers its bundles as a service. */
@Component(name = "io.geartrain.deploy", immediate = true)
public final class BundleAgentComponent implements ApplicationBundles {
  private static final long TURN_MS = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int WORTH_A_TURN =
      BundleEvent.INSTALLED
          | BundleEvent.RESOLVED
          | BundleEvent.UNRESOLVED
          | BundleEvent.UPDATED
          | BundleEvent.UNINSTALLED;

  private final BundleContext context;
  private final OsgiBundleSpace space;
  private final BundleAgent agent;
  private final BundleListener bundleListener;
  private final ServiceListener schedulerListener;
  private final Registration watch;
  private final ScheduledExecutorService thread;

  /** Starts the agent's thread; all that takes time happens there. */
  @Activate
  public BundleAgentComponent(
      BundleContext context, @Reference MetadataStore metadata, @Reference BundleStore store)
      throws IOException, InvalidSyntaxException {
    this.context = context;
    String nodeId = NodeProperties.get(context, "gear.node.id");
    Path deploy = Files.createDirectories(Path.of(NodeProperties.get(context, "gear.deploy")));
    DesiredState desired = new DesiredState(metadata);
    AtomicBoolean requested = new AtomicBoolean(true);
    Runnable request = () -> requested.set(true);

    this.space = new OsgiBundleSpace(context, PATIENCE);
    this.agent = new BundleAgent(nodeId, store, space, request);
    NodeDeployer deployer =
        new NodeDeployer(
            nodeId,
            new DeployFolder(deploy, nodeId, store, desired),
            desired,
            new NodeReports(metadata),
            agent,
            requested);

    this.bundleListener =
        event -> {
          if ((event.getType() & WORTH_A_TURN) != 0) {
            request.run();
          }
        };
    this.schedulerListener = event -> request.run();
    context.addBundleListener(bundleListener);
    context.addServiceListener(schedulerListener, "(" + ResourceScheduler.NAME + "=*)");
    this.watch = metadata.watch(DesiredState.PATH, event -> request.run());
    this.thread =
        Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "gear-bundle-agent"));
    thread.scheduleWithFixedDelay(
        () -> deployer.turn(System.nanoTime() / 1_000_000), 0, TURN_MS, TimeUnit.MILLISECONDS);
  }

  /** Stops the thread; what is installed stays. */
  @Deactivate
  public void deactivate() throws InterruptedException {
    watch.close();
    context.removeServiceListener(schedulerListener);
    context.removeBundleListener(bundleListener);
    thread.shutdownNow();
    thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    space.close();
  }

  @Override
  public Pin pin(String digest, String holder) {
    return agent.pin(digest, holder);
  }
}
