package io.geartrain.appmaster.internal;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.Props;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.GearDispatchers;
import io.geartrain.actor.RoleContext;
import io.geartrain.protocol.AppMasterToMaster;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.WorkerToAppMaster;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an {@link AppMaster} take part in the actor system, and keeps the thread for what of its
 * work blocks. Its own actor thread.
 */
final class AppMasterActor extends AbstractActorWithTimers {
  private static final Logger LOG = LoggerFactory.getLogger(AppMasterActor.class);
  private static final Duration TICK = Duration.ofMillis(200);

  private final ActorRuntime runtime;
  private final LaunchAppMaster launch;
  private final ActorRef master;
  private final ExecutorService blocking;
  private final AppMaster appMaster;

  private AppMasterActor(RoleContext context, AppMaster.Surroundings surroundings) {
    this.runtime = context.runtime();
    this.launch = (LaunchAppMaster) context.launch();
    this.master = runtime.resolve(launch.masterAddress());
    this.blocking =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "gear-checkpoints-" + launch.spec().id());
              made.setDaemon(true);
              return made;
            });
    ActorRef me = getSelf();
    this.appMaster =
        new AppMaster(
            launch,
            runtime.addressOf(me),
            runtime.addressOf(context.launchedBy()),
            surroundings,
            blocking,
            answer -> me.tell(new Answered(answer), ActorRef.noSender()),
            new ToActors());
  }

  /**
   * The app master of one application.
   *
   * @param context with a {@link LaunchAppMaster}, launched by a worker
   */
  static Props props(RoleContext context, AppMaster.Surroundings surroundings) {
    return Props.create(AppMasterActor.class, () -> new AppMasterActor(context, surroundings))
        .withDispatcher(GearDispatchers.CONTROL);
  }

  @Override
  public void preStart() {
    getTimers().startTimerWithFixedDelay(Tick.TICK, Tick.TICK, TICK);
    appMaster.start();
  }

  @Override
  public void postStop() {
    blocking.shutdown();
    LOG.info("App master of {} ends, {}", launch.spec().id(), appMaster.state());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Tick.class, tick -> appMaster.tick())
        .match(ExecutorToAppMaster.class, appMaster::on)
        .match(WorkerToAppMaster.class, appMaster::on)
        .match(MasterToAppMaster.class, appMaster::on)
        .match(Answered.class, m -> appMaster.on(m.answer()))
        .build();
  }

  private final class ToActors implements AppMaster.Outside {
    @Override
    public void tellMaster(AppMasterToMaster message) {
      master.tell(message, getSelf());
    }

    @Override
    public void tell(String address, ControlMessage message) {
      runtime.resolve(address).tell(message, getSelf());
    }

    @Override
    public void terminate() {
      getContext().stop(getSelf());
    }
  }

  private enum Tick implements NoSerializationVerificationNeeded {
    TICK
  }

  /** What blocks has ended; stays in this JVM and passes no serialiser. */
  private record Answered(CheckpointWork.Answer answer)
      implements NoSerializationVerificationNeeded {}
}
