package io.geartrain.master.internal;

import akka.actor.Props;
import io.geartrain.actor.RoleContext;
import io.geartrain.actor.RoleFactory;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.spi.BundleStore;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.ResourceScheduler;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Wires the master to its services and offers it as a role. Thread-safe. */
@Component(
    name = "io.geartrain.master",
    configurationPid = "io.geartrain.master",
    service = RoleFactory.class,
    property = {RoleFactory.ROLE + "=master", RoleFactory.AUTOSTART + ":Boolean=true"})
@Designate(ocd = MasterRole.Config.class)
public final class MasterRole implements RoleFactory {
  /** The master. */
  @ObjectClassDefinition(name = "Geartrain master")
  public @interface Config {
    /** Scheduler that decides unless another was chosen. */
    @AttributeDefinition(
        name = "Scheduler",
        description =
            "Name of the scheduler that decides where an application names none, until an operator"
                + " chooses another (gear schedulers)")
    String scheduler() default SchedulerHost.SHIPPED_DEFAULT;

    /** How long a scheduler may take, ms. */
    @AttributeDefinition(
        name = "Scheduler time-out",
        description = "How long a scheduler may take until another stands in, ms")
    int schedulerTimeoutMs() default 1000;

    /** How many ended applications are kept. */
    @AttributeDefinition(
        name = "History",
        description = "How many applications that have ended stay listed")
    int history() default 100;
  }

  private final SchedulerHost schedulers;
  private final MasterServices services;

  /** Wires it. */
  @Activate
  public MasterRole(
      Config config,
      @Reference MetadataStore store,
      @Reference LeaderElection election,
      @Reference Membership membership,
      @Reference BundleStore bundleStore,
      @Reference CheckpointStore files,
      @Reference MasterReadiness readiness) {
    schedulers = new SchedulerHost(Duration.ofMillis(Math.max(1, config.schedulerTimeoutMs())));
    services =
        new MasterServices(
            store,
            files,
            election,
            membership,
            new DeployedBundles(store, bundleStore),
            schedulers,
            readiness,
            new NodeInfoCodec(),
            MasterLimits.defaults().withHistory(Math.max(0, config.history())),
            Clock.systemUTC(),
            new SecureRandom(),
            config.scheduler());
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addScheduler(ResourceScheduler scheduler, ServiceReference<ResourceScheduler> reference) {
    Bundle bundle = reference.getBundle();
    if (bundle == null) {
      return; // gone already
    }
    Object name = reference.getProperty(ResourceScheduler.NAME);
    schedulers.add(
        name == null ? bundle.getSymbolicName() : name.toString(),
        scheduler,
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        (Long) reference.getProperty(Constants.SERVICE_ID));
  }

  void removeScheduler(ResourceScheduler scheduler) {
    schedulers.remove(scheduler);
  }

  @Deactivate
  void close() {
    schedulers.close();
  }

  @Override
  public Props props(RoleContext context) {
    return MasterActor.props(context, services);
  }
}
