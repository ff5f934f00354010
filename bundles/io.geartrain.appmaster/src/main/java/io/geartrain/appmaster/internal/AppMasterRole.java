package io.geartrain.appmaster.internal;

import akka.actor.Props;
import io.geartrain.actor.RoleContext;
import io.geartrain.actor.RoleFactory;
import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
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
  }

  private final int defaultParallelism;
  private final Limits limits;

  /** Takes the configuration; refuses one that makes no sense. */
  @Activate
  public AppMasterRole(Config config) {
    this(
        config.defaultParallelism(),
        config.definitionTimeoutMs(),
        Runtime.getRuntime().availableProcessors());
  }

  AppMasterRole(int defaultParallelism, long definitionTimeoutMs, int cores) {
    if (defaultParallelism < 0) {
      throw new IllegalArgumentException(
          "defaultParallelism must be positive, or 0 for as many as cores, but is "
              + defaultParallelism);
    }
    if (definitionTimeoutMs < 1) {
      throw new IllegalArgumentException(
          "definitionTimeoutMs must be positive, but is " + definitionTimeoutMs);
    }
    this.defaultParallelism = defaultParallelism == 0 ? cores : defaultParallelism;
    this.limits = Limits.withDefinition(Duration.ofMillis(definitionTimeoutMs));
  }

  @Override
  public Props props(RoleContext context) {
    return AppMasterActor.props(context, defaultParallelism, limits, Clock.systemUTC());
  }
}
