package io.geartrain.worker.internal;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.OneForOneStrategy;
import akka.actor.Props;
import akka.actor.SupervisorStrategy;
import akka.actor.Terminated;
import akka.japi.pf.DeciderBuilder;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.GearDispatchers;
import io.geartrain.actor.RoleContext;
import io.geartrain.actor.RoleFactory;
import io.geartrain.coordination.Leader;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.Registration;
import io.geartrain.protocol.AppMasterToWorker;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToWorker;
import io.geartrain.spi.ReadinessCheck.Readiness;
import io.geartrain.worker.internal.WorkerDecision.StartAppMaster;
import io.geartrain.worker.internal.WorkerDecision.StartExecutor;
import io.geartrain.worker.internal.WorkerDecision.StopChild;
import io.geartrain.worker.internal.WorkerDecision.StopNode;
import io.geartrain.worker.internal.WorkerDecision.TellAppMaster;
import io.geartrain.worker.internal.WorkerDecision.TellMaster;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link WorkerState} decides, and supervises app masters and executors: a child
 * that throws is stopped. Its own actor thread.
 */
final class WorkerActor extends AbstractActorWithTimers {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerActor.class);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  private final ActorRuntime runtime;
  private final WorkerDescription self;
  private final Surroundings around;
  private final WorkerState state;
  private final Map<String, ActorRef> children = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private Membership.Ticket ticket;
  private Registration leaderWatch;
  private boolean toldReady;

  /**
   * What a worker needs of its node.
   *
   * @param election tells who leads
   * @param membership where the worker joins
   * @param factories finds the factory of a role; empty if the role's bundle is not there
   * @param readiness hears how the worker is
   * @param started hears which actor plays the worker
   * @param stopNode stops the node; returns at once
   */
  record Surroundings(
      LeaderElection election,
      Membership membership,
      Function<String, Optional<RoleFactory>> factories,
      Consumer<Readiness> readiness,
      Consumer<ActorRef> started,
      Consumer<String> stopNode,
      Clock clock) {}

  private WorkerActor(ActorRuntime runtime, WorkerDescription self, Surroundings around) {
    this.runtime = runtime;
    this.self = self;
    this.around = around;
    this.state = new WorkerState(self, runtime.addressOf(getSelf()), STOP_LIMIT);
  }

  static Props props(ActorRuntime runtime, WorkerDescription self, Surroundings around) {
    return Props.create(WorkerActor.class, () -> new WorkerActor(runtime, self, around))
        .withDispatcher(GearDispatchers.CONTROL);
  }

  @Override
  public SupervisorStrategy supervisorStrategy() {
    return new OneForOneStrategy(
        false,
        DeciderBuilder.matchAny(
                e -> {
                  LOG.error("{} failed and is stopped", getSender().path().name(), e);
                  reasons.put(getSender().path().name(), "it failed: " + e);
                  return (SupervisorStrategy.Directive) SupervisorStrategy.stop();
                })
            .build());
  }

  @Override
  public void preStart() {
    around.readiness().accept(new Readiness(false, self.workerId() + " looks for the master"));
    ActorRef me = getSelf();
    around.started().accept(me);
    ticket =
        around
            .membership()
            .join(Membership.WORKERS, self.workerId(), WorkerJson.of(self, runtime.addressOf(me)));
    leaderWatch =
        around
            .election()
            .watchLeader(leader -> me.tell(new LeaderChanged(leader), ActorRef.noSender()));
    getTimers().startTimerWithFixedDelay(Tick.TICK, Tick.TICK, TICK);
  }

  @Override
  public void postStop() {
    if (leaderWatch != null) {
      leaderWatch.close();
    }
    if (ticket != null) {
      ticket.close();
    }
    around.readiness().accept(new Readiness(false, self.workerId() + " has stopped"));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Tick.class, tick -> carryOut(state.tick(around.clock().instant())))
        .match(
            LeaderChanged.class,
            m -> carryOut(state.onLeader(m.leader(), around.clock().instant())))
        .match(MasterToWorker.class, m -> carryOut(state.on(m, around.clock().instant())))
        .match(AppMasterToWorker.class, m -> carryOut(state.on(m, around.clock().instant())))
        .match(Terminated.class, this::onTerminated)
        .match(RoleGone.class, this::onRoleGone)
        .build();
  }

  private void onTerminated(Terminated message) {
    String name = message.getActor().path().name();
    if (children.remove(name, message.getActor())) {
      carryOut(state.onTerminated(name, reasons.remove(name), around.clock().instant()));
    }
  }

  /** The classes of a role go with its factory, so its actors have to go too. */
  private void onRoleGone(RoleGone message) {
    boolean appMasters = message.role().equals(WorkerRole.APP_MASTER);
    children.forEach(
        (name, child) -> {
          if (name.startsWith("appmaster-") == appMasters) {
            reasons.put(name, "the bundle of role " + message.role() + " was stopped");
            getContext().stop(child);
          }
        });
  }

  private void carryOut(List<WorkerDecision> decisions) {
    for (WorkerDecision decision : decisions) {
      if (decision instanceof TellMaster tell) {
        tell(tell.address(), tell.message());
      } else if (decision instanceof TellAppMaster tell) {
        tell(tell.address(), tell.message());
      } else if (decision instanceof StartAppMaster start) {
        start(WorkerRole.APP_MASTER, start.child(), start.launch());
      } else if (decision instanceof StartExecutor start) {
        start(WorkerRole.EXECUTOR, start.child(), start.launch());
      } else if (decision instanceof StopChild stop) {
        stopChild(stop.child());
      } else if (decision instanceof StopNode stop) {
        LOG.info("Stopping the node: {}", stop.reason());
        around.stopNode().accept(stop.reason());
      }
    }
    tellReadiness();
  }

  private void start(String role, String name, ControlMessage launch) {
    Optional<RoleFactory> factory = around.factories().apply(role);
    if (factory.isEmpty()) {
      carryOut(state.onRefused(name, noRole(role)));
      return;
    }
    try {
      Props props = factory.get().props(new RoleContext(runtime, launch, getSelf()));
      ActorRef child = getContext().watch(getContext().actorOf(props, name));
      children.put(name, child);
      carryOut(state.onStarted(name, runtime.addressOf(child)));
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{} can't be started", name, e);
      carryOut(
          state.onRefused(
              name,
              Failure.of("launch-failed", name + ": " + e, "see the log of " + self.nodeId())));
    }
  }

  private Failure noRole(String role) {
    return Failure.of(
        "role-missing",
        "worker %s has no bundle that plays the role %s".formatted(self.workerId(), role),
        "install io.geartrain." + role);
  }

  private void stopChild(String name) {
    ActorRef child = children.get(name);
    if (child != null) {
      getContext().stop(child);
    }
  }

  private void tell(String address, ControlMessage message) {
    runtime.resolve(address).tell(message, getSelf());
  }

  private void tellReadiness() {
    if (state.registered() != toldReady) {
      toldReady = state.registered();
      String slots = "%s %d slots".formatted(self.workerId(), self.slots());
      around
          .readiness()
          .accept(new Readiness(toldReady, toldReady ? slots : slots + ", nobody leads"));
      LOG.info("Worker {} {}", slots, toldReady ? "is registered" : "looks for the master");
    }
  }

  /** The bundle of a role is being stopped. */
  record RoleGone(String role) implements NoSerializationVerificationNeeded {}

  private record LeaderChanged(Optional<Leader> leader)
      implements NoSerializationVerificationNeeded {}

  private enum Tick implements NoSerializationVerificationNeeded {
    TICK
  }
}
