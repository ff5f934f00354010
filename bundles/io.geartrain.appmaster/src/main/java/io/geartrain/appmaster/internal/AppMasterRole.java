package io.geartrain.appmaster.internal;

import akka.actor.Props;
import io.geartrain.actor.RoleContext;
import io.geartrain.actor.RoleFactory;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.spi.CheckpointStore;
import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lets workers launch app masters. Immutable. */
@Component(
    name = "io.geartrain.appmaster",
    configurationPid = "io.geartrain.appmaster",
    service = RoleFactory.class,
    property = RoleFactory.ROLE + "=appmaster")
@Designate(ocd = AppMasterRole.Config.class)
public final class AppMasterRole implements RoleFactory {
  private static final Duration SHORTEST_CHECKPOINT_TIMEOUT = Duration.ofSeconds(1);

  /** How applications are brought up. */
  @ObjectClassDefinition(name = "Geartrain app master")
  public @interface Config {
    /** Tasks of a step that does not say how many. */
    @AttributeDefinition(
        name = "Default parallelism",
        description = "Tasks of a step that does not say how many; 0 = as many as cores")
    int defaultParallelism() default 0;

    /** How long the definition may take. */
    @AttributeDefinition(
        name = "Definition time limit in ms",
        description = "How long both runs of an application's define() may take together")
    long definitionTimeoutMs() default 10_000;

    /** How often a checkpoint is made. */
    @AttributeDefinition(
        name = "Checkpoint interval in ms",
        description =
            "From one checkpoint to the next; 0 = none: then a restart begins from the"
                + " start. An application's setting gear.checkpoint.interval-ms stands above it")
    long checkpointIntervalMs() default 10_000;

    /** How long a checkpoint may take. */
    @AttributeDefinition(
        name = "Checkpoint time limit in ms",
        description =
            "How long until all tasks have stored their parts, 1000 at least; then it is given up")
    long checkpointTimeoutMs() default 60_000;

    /** Rest between two checkpoints. */
    @AttributeDefinition(
        name = "Pause between checkpoints in ms",
        description = "At least so long from the end of a checkpoint to the beginning of the next")
    long checkpointMinPauseMs() default 500;

    /** How many checkpoints are kept. */
    @AttributeDefinition(
        name = "Checkpoints retained",
        description = "How many checkpoints of an application are kept, the newest included")
    int checkpointsRetained() default 2;

    /** How often a failed application is restarted. */
    @AttributeDefinition(
        name = "Restarts",
        description =
            "How often an application is restarted within the window before it fails for good; a"
                + " failure that comes back the same at the same record ends it at once")
    int restarts() default 3;

    /** The window of the restarts. */
    @AttributeDefinition(
        name = "Restart window in ms",
        description = "Over which time restarts are counted")
    long restartWindowMs() default 60_000;

    /** Pause before a restart. */
    @AttributeDefinition(
        name = "Pause before a restart in ms",
        description = "Before the first restart within the window; doubles with each further one")
    long restartBackoffMs() default 100;
  }

  private final int defaultParallelism;
  private final Limits limits;
  private final CheckpointLimits checkpoints;
  private final RecoveryPolicy.Limits recovery;
  private final MetadataStore metadata;
  private final CheckpointStore files;

  /** Takes the configuration; refuses one that makes no sense. */
  @Activate
  public AppMasterRole(
      Config config, @Reference MetadataStore metadata, @Reference CheckpointStore files) {
    this(
        config.defaultParallelism(),
        config.definitionTimeoutMs(),
        Runtime.getRuntime().availableProcessors(),
        new CheckpointLimits(
            Duration.ofMillis(config.checkpointIntervalMs()),
            Duration.ofMillis(config.checkpointTimeoutMs()),
            Duration.ofMillis(config.checkpointMinPauseMs()),
            config.checkpointsRetained()),
        new RecoveryPolicy.Limits(
            config.restarts(),
            Duration.ofMillis(config.restartWindowMs()),
            Duration.ofMillis(config.restartBackoffMs())),
        metadata,
        files);
  }

  AppMasterRole(
      int defaultParallelism,
      long definitionTimeoutMs,
      int cores,
      CheckpointLimits checkpoints,
      RecoveryPolicy.Limits recovery,
      MetadataStore metadata,
      CheckpointStore files) {
    if (defaultParallelism < 0) {
      throw new IllegalArgumentException(
          "defaultParallelism must be positive, or 0 for as many as cores, but is "
              + defaultParallelism);
    }
    if (definitionTimeoutMs < 1) {
      throw new IllegalArgumentException(
          "definitionTimeoutMs must be positive, but is " + definitionTimeoutMs);
    }
    if (checkpoints.timeout().compareTo(SHORTEST_CHECKPOINT_TIMEOUT) < 0) {
      throw new IllegalArgumentException(
          "checkpointTimeoutMs must be at least %d, for all tasks have to store their parts within it, but is %d"
              .formatted(SHORTEST_CHECKPOINT_TIMEOUT.toMillis(), checkpoints.timeout().toMillis()));
    }
    this.defaultParallelism = defaultParallelism == 0 ? cores : defaultParallelism;
    this.limits = Limits.withDefinition(Duration.ofMillis(definitionTimeoutMs));
    this.checkpoints = checkpoints;
    this.recovery = recovery;
    this.metadata = metadata;
    this.files = files;
  }

  @Override
  public Props props(RoleContext context) {
    return AppMasterActor.props(
        context,
        new AppMaster.Surroundings(
            defaultParallelism, limits, checkpoints, recovery, metadata, files, Clock.systemUTC()));
  }
}
