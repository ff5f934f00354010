package io.geartrain.executor.internal;

import akka.actor.Props;
import io.geartrain.actor.RoleContext;
import io.geartrain.actor.RoleFactory;
import io.geartrain.spi.ApplicationBundles;
import io.geartrain.spi.CheckpointStore;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets workers launch executors in this JVM. Immutable. */
@Component(
    name = "io.geartrain.executor",
    service = RoleFactory.class,
    property = RoleFactory.ROLE + "=executor")
public final class ExecutorRole implements RoleFactory {
  private final ApplicationBundles bundles;
  private final CheckpointStore checkpoints;
  private final TaskDispatchers dispatchers = new TaskDispatchers();

  /** Takes the applications of this node, and the store of their checkpoints. */
  @Activate
  public ExecutorRole(
      @Reference ApplicationBundles bundles, @Reference CheckpointStore checkpoints) {
    this.bundles = bundles;
    this.checkpoints = checkpoints;
  }

  @Override
  public Props props(RoleContext context) {
    return ExecutorActor.props(context, bundles, dispatchers, checkpoints, Clock.systemUTC());
  }
}
