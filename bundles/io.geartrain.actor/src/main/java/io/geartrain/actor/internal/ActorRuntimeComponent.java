package io.geartrain.actor.internal;

import akka.actor.ActorRef;
import akka.pattern.Patterns;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.RoleFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
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
 * Runs the node's actor system and gives it the roles that come and go as services. The system is
 * started by a thread of its own, and again should a fatal error have ended it. Guarded by its
 * monitor.
 */
@Component(
    name = "io.geartrain.actor",
    configurationPid = "io.geartrain.actor",
    immediate = true,
    service = {})
@Designate(ocd = ActorRuntimeComponent.Config.class)
public final class ActorRuntimeComponent {
  private static final Logger LOG = LoggerFactory.getLogger(ActorRuntimeComponent.class);
  private static final List<String> ROLES = List.of("master", "worker");
  private static final Duration RESTART_DELAY = Duration.ofSeconds(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** The actor system of the node. */
  @ObjectClassDefinition(name = "Geartrain actor system")
  public @interface Config {
    /** Roles that this node plays. */
    @AttributeDefinition(name = "Roles", description = "Roles that this node plays: master, worker")
    String[] roles() default {"master", "worker"};
  }

  private final BundleContext context;
  private final String nodeId;
  private final TreeSet<String> roles;
  private final Map<RoleFactory, String> factories = new LinkedHashMap<>();
  private final Thread starter;
  private NodeActors actors;
  private ActorRef guardian;
  private ServiceRegistration<ActorRuntime> registration;
  private boolean closed;

  /** Begins to start the actor system; returns at once. */
  @Activate
  public ActorRuntimeComponent(BundleContext context, Config config) {
    this.context = context;
    String configured = context.getProperty("gear.node.id");
    this.nodeId = configured == null ? "node-local" : configured;
    this.roles = roles(config.roles());
    this.starter = new Thread(this::start, "gear-actor-start");
    this.starter.setDaemon(true);
    this.starter.start();
  }

  /** A configuration file holds a list as one text with commas. */
  private static TreeSet<String> roles(String[] configured) {
    TreeSet<String> roles = new TreeSet<>();
    for (String part : String.join(",", configured).split(",")) {
      String role = part.strip();
      if (ROLES.contains(role)) {
        roles.add(role);
      } else if (!role.isEmpty()) {
        LOG.error(
            "roles in io.geartrain.actor: '{}' is no role and is ignored; there are {}",
            role,
            ROLES);
      }
    }
    return roles;
  }

  private void start() {
    long begin = System.nanoTime();
    NodeActors started;
    try {
      started = NodeActors.start(nodeId, roles);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("The actor system does not start, so this node plays no role", e);
      return;
    }
    synchronized (this) {
      if (closed) {
        started.system().terminate();
        return;
      }
      actors = started;
      guardian = started.system().actorOf(NodeGuardian.props(started, RESTART_DELAY), "node");
      factories.forEach(
          (factory, name) -> guardian.tell(new NodeGuardian.AddRole(name, factory), null));
    }
    ServiceRegistration<ActorRuntime> registered =
        context.registerService(ActorRuntime.class, started, null);
    boolean late;
    synchronized (this) {
      late = closed;
      registration = late ? null : registered;
    }
    if (late) {
      unregister(registered);
      return;
    }
    started.system().getWhenTerminated().thenRun(() -> onTerminated(started));
    LOG.info(
        "Actor system of node {} runs after {} ms, roles {}",
        nodeId,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
        roles);
  }

  private void onTerminated(NodeActors ended) {
    ServiceRegistration<ActorRuntime> gone;
    synchronized (this) {
      if (closed || actors != ended) {
        return;
      }
      gone = registration;
      registration = null;
      actors = null;
      guardian = null;
    }
    LOG.error("A fatal error has ended the actor system; starting it again");
    Thread again =
        new Thread(
            () -> {
              unregister(gone);
              start();
            },
            "gear-actor-restart");
    again.setDaemon(true);
    again.start();
  }

  /** A role has come. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      target = "(gear.role.autostart=true)")
  synchronized void addRole(RoleFactory factory, Map<String, Object> properties) {
    String name = String.valueOf(properties.get(RoleFactory.ROLE));
    if (!roles.contains(name)) {
      LOG.info("This node does not play the role {}", name);
      return;
    }
    factories.put(factory, name);
    if (guardian != null) {
      guardian.tell(new NodeGuardian.AddRole(name, factory), ActorRef.noSender());
    }
  }

  /** A role goes; returns when its actor has stopped, for its classes go with it. */
  void removeRole(RoleFactory factory) {
    String name;
    ActorRef stopper;
    synchronized (this) {
      name = factories.remove(factory);
      stopper = guardian;
    }
    if (name == null || stopper == null) {
      return;
    }
    try {
      Patterns.ask(stopper, new NodeGuardian.RemoveRole(name, factory), STOP_LIMIT)
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      LOG.warn("Role {} has not stopped within {} s", name, STOP_LIMIT.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the actor system and waits for that. */
  @Deactivate
  void close() {
    NodeActors last;
    ServiceRegistration<ActorRuntime> gone;
    synchronized (this) {
      closed = true;
      last = actors;
      gone = registration;
      registration = null;
      guardian = null;
    }
    unregister(gone);
    if (last == null) {
      return;
    }
    last.system().terminate();
    try {
      last.system()
          .getWhenTerminated()
          .toCompletableFuture()
          .get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("The actor system has not ended within {} s", STOP_LIMIT.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void unregister(ServiceRegistration<ActorRuntime> registered) {
    if (registered == null) {
      return;
    }
    try {
      registered.unregister();
    } catch (IllegalStateException e) {
      LOG.debug("{} had stopped before", FrameworkUtil.getBundle(ActorRuntimeComponent.class), e);
    }
  }
}
