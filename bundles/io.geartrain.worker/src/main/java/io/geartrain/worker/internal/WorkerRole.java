package io.geartrain.worker.internal;

import akka.actor.ActorRef;
import akka.actor.Props;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.RoleContext;
import io.geartrain.actor.RoleFactory;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.spi.ReadinessCheck;
import java.time.Clock;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the node play the worker, and tells whether it does. With a configuration that can't be
 * followed the role is not offered, and the readiness says why. Any thread.
 */
@Component(
    name = "io.geartrain.worker",
    configurationPid = "io.geartrain.worker",
    immediate = true,
    service = ReadinessCheck.class)
@Designate(ocd = WorkerRole.Config.class)
public final class WorkerRole implements ReadinessCheck {
  static final String APP_MASTER = "appmaster";
  static final String EXECUTOR = "executor";
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRole.class);

  /** What the worker offers. */
  @ObjectClassDefinition(name = "Geartrain worker")
  public @interface Config {
    /** How many slices of applications may run at a time. */
    @AttributeDefinition(
        name = "Slots",
        description = "How many slices of applications may run at a time; 0 = four for each core")
    int slots() default 0;

    /** By which schedulers may choose. */
    @AttributeDefinition(
        name = "Labels",
        description = "By which schedulers may choose: key=value, several with commas between")
    String[] labels() default {};

    /** Where tasks run. */
    @AttributeDefinition(
        name = "Executor mode",
        description = "embedded = in the JVM of the node; process is not available yet")
    String executorMode() default "embedded";
  }

  private final BundleContext context;
  private final LeaderElection election;
  private final Membership membership;
  private final Map<String, RoleFactory> factories = new ConcurrentHashMap<>();
  private final ServiceRegistration<RoleFactory> registration;
  private volatile ActorRuntime runtime;
  private volatile ActorRef worker;
  private volatile Readiness readiness = new Readiness(false, "waits for the actor system");

  /** Offers the role, if the configuration can be followed. */
  @Activate
  public WorkerRole(
      BundleContext context,
      Config config,
      @Reference LeaderElection election,
      @Reference Membership membership) {
    this.context = context;
    this.election = election;
    this.membership = membership;
    this.registration = offer(config);
  }

  private ServiceRegistration<RoleFactory> offer(Config config) {
    try {
      requireEmbedded(config.executorMode());
      String nodeId = Optional.ofNullable(context.getProperty("gear.node.id")).orElse("node-local");
      WorkerDescription description =
          WorkerDescription.of(
              nodeId, Runtime.getRuntime().availableProcessors(), config.slots(), config.labels());
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put(RoleFactory.ROLE, "worker");
      properties.put(RoleFactory.AUTOSTART, "true");
      return context.registerService(
          RoleFactory.class, role -> props(role, description), properties);
    } catch (IllegalArgumentException e) {
      LOG.error("The configuration of io.geartrain.worker can't be followed: {}", e.getMessage());
      readiness = new Readiness(false, "io.geartrain.worker: " + e.getMessage());
      return null;
    }
  }

  /**
   * Checks where tasks are to run.
   *
   * @throws IllegalArgumentException if there is no such mode
   */
  static void requireEmbedded(String executorMode) {
    if (executorMode.equals("process")) {
      throw new IllegalArgumentException(
          "executorMode 'process' is not available yet; set executorMode to 'embedded'");
    }
    if (!executorMode.equals("embedded")) {
      throw new IllegalArgumentException(
          "executorMode '%s' is unknown; set it to 'embedded'".formatted(executorMode));
    }
  }

  private Props props(RoleContext role, WorkerDescription description) {
    return WorkerActor.props(
        role.runtime(),
        description,
        new WorkerActor.Surroundings(
            election,
            membership,
            name -> Optional.ofNullable(factories.get(name)),
            told -> readiness = told,
            me -> worker = me,
            this::stopNode,
            Clock.systemUTC()));
  }

  /** A role that this worker may launch has come. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      target = "(|(gear.role=" + APP_MASTER + ")(gear.role=" + EXECUTOR + "))")
  void addRole(RoleFactory factory, Map<String, Object> properties) {
    factories.put(String.valueOf(properties.get(RoleFactory.ROLE)), factory);
  }

  /** Such a role goes, and its actors with it. */
  void removeRole(RoleFactory factory, Map<String, Object> properties) {
    String role = String.valueOf(properties.get(RoleFactory.ROLE));
    ActorRef actor = worker;
    if (factories.remove(role, factory) && actor != null) {
      actor.tell(new WorkerActor.RoleGone(role), ActorRef.noSender());
    }
  }

  /** The actor system runs. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setRuntime(ActorRuntime started) {
    runtime = started;
  }

  /** The actor system has ended. */
  void unsetRuntime(ActorRuntime ended) {
    if (runtime == ended) {
      runtime = null;
    }
  }

  /** Takes the role back; its actor has stopped when this returns. */
  @Deactivate
  void close() {
    if (registration != null) {
      registration.unregister();
    }
  }

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public Readiness check() {
    ActorRuntime actors = runtime;
    if (actors != null && !actors.roles().contains("worker")) {
      return new Readiness(true, "not played by this node");
    }
    return readiness;
  }

  private void stopNode(String reason) {
    Thread stopper =
        new Thread(
            () -> {
              try {
                context.getBundle(0).stop();
              } catch (BundleException | IllegalStateException e) {
                LOG.error("The node does not stop though asked to ({})", reason, e);
              }
            },
            "gear-node-stop");
    stopper.start();
  }
}
