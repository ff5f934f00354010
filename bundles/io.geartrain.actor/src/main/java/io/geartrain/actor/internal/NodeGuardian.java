package io.geartrain.actor.internal;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.Props;
import akka.actor.Status;
import akka.actor.SupervisorStrategy;
import akka.actor.Terminated;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.GearDispatchers;
import io.geartrain.actor.RoleContext;
import io.geartrain.actor.RoleFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the roles of a node when their factories come, stops them when these go, and starts one
 * again that has failed. A role that throws is stopped, never resumed. Its own actor thread.
 */
final class NodeGuardian extends AbstractActor {
  private static final Logger LOG = LoggerFactory.getLogger(NodeGuardian.class);

  private final ActorRuntime runtime;
  private final Duration restartDelay;
  private final Map<String, Role> roles = new HashMap<>();
  private long starts;

  private NodeGuardian(ActorRuntime runtime, Duration restartDelay) {
    this.runtime = runtime;
    this.restartDelay = restartDelay;
  }

  static Props props(ActorRuntime runtime, Duration restartDelay) {
    return Props.create(NodeGuardian.class, () -> new NodeGuardian(runtime, restartDelay))
        .withDispatcher(GearDispatchers.CONTROL);
  }

  @Override
  public SupervisorStrategy supervisorStrategy() {
    return SupervisorStrategy.stoppingStrategy();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(AddRole.class, this::onAddRole)
        .match(RemoveRole.class, this::onRemoveRole)
        .match(StartAgain.class, this::onStartAgain)
        .match(Terminated.class, this::onTerminated)
        .build();
  }

  private void onAddRole(AddRole message) {
    Role role = roles.computeIfAbsent(message.name(), Role::new);
    role.factory = message.factory();
    if (role.actor == null) {
      start(role);
    } else {
      // the predecessor's actor has to be gone first
      getContext().stop(role.actor);
    }
  }

  private void onRemoveRole(RemoveRole message) {
    Role role = roles.get(message.name());
    if (role == null || role.factory != message.factory()) {
      getSender().tell(new Status.Success(message.name()), getSelf());
      return;
    }
    role.factory = null;
    if (role.actor == null) {
      roles.remove(role.name);
      getSender().tell(new Status.Success(message.name()), getSelf());
    } else {
      role.waiting.add(getSender());
      getContext().stop(role.actor);
    }
  }

  private void onTerminated(Terminated message) {
    roles.values().stream()
        .filter(role -> message.getActor().equals(role.actor))
        .findFirst()
        .ifPresent(this::onEnded);
  }

  private void onEnded(Role role) {
    role.actor = null;
    role.waiting.forEach(waiting -> waiting.tell(new Status.Success(role.name), getSelf()));
    role.waiting.clear();
    if (role.factory == null) {
      LOG.info("Role {} stopped", role.name);
      roles.remove(role.name);
    } else {
      LOG.warn("Role {} ended; starting it again in {} ms", role.name, restartDelay.toMillis());
      startLater(role);
    }
  }

  private void startLater(Role role) {
    getContext()
        .getSystem()
        .scheduler()
        .scheduleOnce(
            restartDelay,
            getSelf(),
            new StartAgain(role.name),
            getContext().getDispatcher(),
            getSelf());
  }

  private void onStartAgain(StartAgain message) {
    Role role = roles.get(message.name());
    if (role != null && role.actor == null && role.factory != null) {
      start(role);
    }
  }

  private void start(Role role) {
    try {
      Props props = role.factory.props(RoleContext.ofNode(runtime));
      ActorRef actor = getContext().actorOf(props, role.name + "-" + starts++);
      role.actor = getContext().watch(actor);
      LOG.info("Role {} started", role.name);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("Role {} can't be started; trying again", role.name, e);
      startLater(role);
    }
  }

  /** A factory has come. */
  record AddRole(String name, RoleFactory factory) implements NoSerializationVerificationNeeded {}

  /** A factory goes; answered with a {@code Status.Success} when its actor has stopped. */
  record RemoveRole(String name, RoleFactory factory)
      implements NoSerializationVerificationNeeded {}

  private record StartAgain(String name) implements NoSerializationVerificationNeeded {}

  private static final class Role {
    final String name;
    final List<ActorRef> waiting = new ArrayList<>();
    RoleFactory factory;
    ActorRef actor;

    Role(String name) {
      this.name = name;
    }
  }
}
