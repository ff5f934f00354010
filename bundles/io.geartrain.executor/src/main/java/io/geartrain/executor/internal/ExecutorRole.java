package io.geartrain.executor.internal;

import akka.actor.Props;
import io.geartrain.actor.RoleContext;
import io.geartrain.actor.RoleFactory;
import io.geartrain.spi.ApplicationBundles;
import io.geartrain.spi.CheckpointStore;
import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lets workers launch executors in this JVM. Immutable. */
@Component(
    name = "io.geartrain.executor",
    configurationPid = "io.geartrain.executor",
    service = RoleFactory.class,
    property = RoleFactory.ROLE + "=executor")
@Designate(ocd = ExecutorRole.Config.class)
public final class ExecutorRole implements RoleFactory {

  /** How tasks are watched. */
  @ObjectClassDefinition(name = "Geartrain executor")
  public @interface Config {
    /** When a task counts as stalled. */
    @AttributeDefinition(
        name = "Stall limit in ms",
        description =
            "How long a task may stay in the application's code before that is reported, with the"
                + " place; a step that may block, 12 times as long")
    long stallAfterMs() default 5_000;
  }

  private final ApplicationBundles bundles;
  private final CheckpointStore checkpoints;
  private final Duration stallAfter;
  private final TaskDispatchers dispatchers = new TaskDispatchers();

  /** Takes the applications of this node, and the store of their checkpoints. */
  @Activate
  public ExecutorRole(
      @Reference ApplicationBundles bundles,
      @Reference CheckpointStore checkpoints,
      Config config) {
    if (config.stallAfterMs() <= 0) {
      throw new IllegalArgumentException(
          "stallAfterMs must be positive, but is " + config.stallAfterMs());
    }
    this.bundles = bundles;
    this.checkpoints = checkpoints;
    this.stallAfter = Duration.ofMillis(config.stallAfterMs());
  }

  @Override
  public Props props(RoleContext context) {
    return ExecutorActor.props(
        context, bundles, dispatchers, checkpoints, stallAfter, Clock.systemUTC());
  }
}
