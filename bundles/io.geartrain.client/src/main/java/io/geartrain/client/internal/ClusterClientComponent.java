package io.geartrain.client.internal;

import io.geartrain.actor.ActorRuntime;
import io.geartrain.client.ClusterClient;
import io.geartrain.client.ClusterException;
import io.geartrain.coordination.LeaderElection;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the client of the cluster while the node's actors run. */
@Component(
    name = "io.geartrain.client",
    immediate = true,
    service = {})
public final class ClusterClientComponent {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration LEADER_PATIENCE = Duration.ofSeconds(8);
  private static final Duration LEADER_PAUSE = Duration.ofMillis(100);

  private final ServiceRegistration<ClusterClient> registration;

  /** Registers the client. */
  @Activate
  public ClusterClientComponent(
      BundleContext context, @Reference ActorRuntime runtime, @Reference LeaderElection election) {
    MasterClient client =
        new MasterClient(
            new ActorMasters(runtime, election, ANSWER_LIMIT),
            ClusterClientComponent::pause,
            LEADER_PATIENCE,
            LEADER_PAUSE);
    registration = context.registerService(ClusterClient.class, client, null);
  }

  private static void pause(Duration duration) {
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw new ClusterException(
          ClusterException.UNAVAILABLE, "Interrupted while looking for a leader.", null);
    }
    LockSupport.parkNanos(duration.toNanos());
  }

  @Deactivate
  void close() {
    registration.unregister();
  }
}
