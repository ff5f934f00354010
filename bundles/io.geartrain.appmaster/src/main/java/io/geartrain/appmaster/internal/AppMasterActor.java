package io.geartrain.appmaster.internal;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.Props;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.GearDispatchers;
import io.geartrain.actor.RoleContext;
import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.appmaster.internal.AppMasterDecision.TellWorker;
import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.WorkerToAppMaster;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what {@link AppMasterState} decides. Its own actor thread. */
final class AppMasterActor extends AbstractActorWithTimers {
  private static final Logger LOG = LoggerFactory.getLogger(AppMasterActor.class);
  private static final Duration TICK = Duration.ofMillis(200);

  private final ActorRuntime runtime;
  private final LaunchAppMaster launch;
  private final Clock clock;
  private final ActorRef master;
  private final AppMasterState state;

  private AppMasterActor(RoleContext context, int defaultParallelism, Limits limits, Clock clock) {
    this.runtime = context.runtime();
    this.launch = (LaunchAppMaster) context.launch();
    this.clock = clock;
    this.master = runtime.resolve(launch.masterAddress());
    this.state =
        new AppMasterState(
            launch.spec(),
            launch.epoch(),
            runtime.addressOf(getSelf()),
            runtime.addressOf(context.launchedBy()),
            defaultParallelism,
            limits);
  }

  /**
   * The app master of one application.
   *
   * @param context with a {@link LaunchAppMaster}, launched by a worker
   */
  static Props props(RoleContext context, int defaultParallelism, Limits limits, Clock clock) {
    return Props.create(
            AppMasterActor.class,
            () -> new AppMasterActor(context, defaultParallelism, limits, clock))
        .withDispatcher(GearDispatchers.CONTROL);
  }

  @Override
  public void preStart() {
    LOG.info("App master of {} begins, epoch {}", launch.spec().id(), launch.epoch());
    getTimers().startTimerWithFixedDelay(Tick.TICK, Tick.TICK, TICK);
    carryOut(state.start(clock.instant()));
  }

  @Override
  public void postStop() {
    LOG.info("App master of {} ends, {}", launch.spec().id(), state.state());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Tick.class, tick -> carryOut(state.tick(clock.instant())))
        .match(ExecutorToAppMaster.class, m -> carryOut(state.on(m, clock.instant())))
        .match(WorkerToAppMaster.class, m -> carryOut(state.on(m, clock.instant())))
        .match(MasterToAppMaster.class, m -> carryOut(state.on(m, clock.instant())))
        .build();
  }

  private void carryOut(List<AppMasterDecision> decisions) {
    for (AppMasterDecision decision : decisions) {
      if (decision instanceof TellMaster tell) {
        master.tell(tell.message(), getSelf());
      } else if (decision instanceof TellWorker tell) {
        tell(tell.address(), tell.message());
      } else if (decision instanceof TellExecutor tell) {
        tell(tell.address(), tell.message());
      } else if (decision instanceof Terminate) {
        getContext().stop(getSelf());
      }
    }
  }

  private void tell(String address, ControlMessage message) {
    runtime.resolve(address).tell(message, getSelf());
  }

  private enum Tick implements NoSerializationVerificationNeeded {
    TICK
  }
}
