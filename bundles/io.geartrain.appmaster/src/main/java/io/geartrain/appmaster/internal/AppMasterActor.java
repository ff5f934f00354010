package io.geartrain.appmaster.internal;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.Props;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.GearDispatchers;
import io.geartrain.actor.RoleContext;
import io.geartrain.appmaster.internal.AppMasterDecision.FindCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.ResolveCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.StoreCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.appmaster.internal.AppMasterDecision.TellWorker;
import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.appmaster.internal.AppMasterDecision.Warn;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.WorkerToAppMaster;
import io.geartrain.spi.CheckpointStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what {@link AppMasterState} decides. Its own actor thread. */
final class AppMasterActor extends AbstractActorWithTimers {
  private static final Logger LOG = LoggerFactory.getLogger(AppMasterActor.class);
  private static final Duration TICK = Duration.ofMillis(200);

  /**
   * What app masters stand on.
   *
   * @param defaultParallelism of a step that does not say how many
   * @param limits of each phase
   * @param checkpoints where the application does not say otherwise
   * @param recovery how often an application is restarted
   * @param metadata where it is decided which checkpoints stand
   * @param files keeps the files of checkpoints
   * @param clock tells the time
   */
  record Surroundings(
      int defaultParallelism,
      Limits limits,
      CheckpointLimits checkpoints,
      RecoveryPolicy.Limits recovery,
      MetadataStore metadata,
      CheckpointStore files,
      Clock clock) {}

  private final ActorRuntime runtime;
  private final LaunchAppMaster launch;
  private final Clock clock;
  private final ActorRef master;
  private final CheckpointWork work;
  private final AppMasterState state;
  private final Failure badSetting;

  private AppMasterActor(RoleContext context, Surroundings surroundings) {
    this.runtime = context.runtime();
    this.launch = (LaunchAppMaster) context.launch();
    this.clock = surroundings.clock();
    this.master = runtime.resolve(launch.masterAddress());
    CheckpointLimits wanted = surroundings.checkpoints();
    Failure wrong = null;
    try {
      wanted = wanted.of(launch.spec());
    } catch (IllegalArgumentException e) {
      wrong = Failure.of("bad-setting", e.getMessage(), "submit it again with a right setting");
    }
    this.badSetting = wrong;
    ActorRef me = getSelf();
    this.work =
        new CheckpointWork(
            surroundings.metadata(),
            surroundings.files(),
            launch.spec().id(),
            launch.epoch(),
            wanted.retained(),
            answer -> me.tell(answer, ActorRef.noSender()));
    this.state =
        new AppMasterState(
            launch.spec(),
            launch.epoch(),
            runtime.addressOf(getSelf()),
            runtime.addressOf(context.launchedBy()),
            surroundings.defaultParallelism(),
            surroundings.limits(),
            wanted,
            surroundings.recovery());
  }

  /**
   * The app master of one application.
   *
   * @param context with a {@link LaunchAppMaster}, launched by a worker
   */
  static Props props(RoleContext context, Surroundings surroundings) {
    return Props.create(AppMasterActor.class, () -> new AppMasterActor(context, surroundings))
        .withDispatcher(GearDispatchers.CONTROL);
  }

  @Override
  public void preStart() {
    LOG.info("App master of {} begins, epoch {}", launch.spec().id(), launch.epoch());
    getTimers().startTimerWithFixedDelay(Tick.TICK, Tick.TICK, TICK);
    carryOut(
        badSetting == null
            ? state.start(clock.instant())
            : state.refuse(badSetting, clock.instant()));
  }

  @Override
  public void postStop() {
    work.close();
    LOG.info("App master of {} ends, {}", launch.spec().id(), state.state());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Tick.class, tick -> carryOut(state.tick(clock.instant())))
        .match(ExecutorToAppMaster.class, m -> carryOut(state.on(m, clock.instant())))
        .match(WorkerToAppMaster.class, m -> carryOut(state.on(m, clock.instant())))
        .match(MasterToAppMaster.class, m -> carryOut(state.on(m, clock.instant())))
        .match(CheckpointWork.Answer.class, answer -> carryOut(onAnswer(answer, clock.instant())))
        .build();
  }

  private List<AppMasterDecision> onAnswer(CheckpointWork.Answer answer, Instant now) {
    if (answer instanceof CheckpointWork.Found m) {
      m.found()
          .manifest()
          .ifPresent(
              manifest ->
                  LOG.info("{} resumes checkpoint {}", launch.spec().id(), manifest.checkpoint()));
      return state.onFound(m.found(), now);
    } else if (answer instanceof CheckpointWork.NotFound m) {
      return state.onSearchFailed(m.reason(), now);
    } else if (answer instanceof CheckpointWork.SearchUnavailable) {
      return state.onSearchUnavailable(now);
    } else if (answer instanceof CheckpointWork.Committed m) {
      return state.onCommitted(m.checkpoint(), now);
    } else if (answer instanceof CheckpointWork.NotCommitted m) {
      return state.onCommitFailed(m.checkpoint(), m.reason(), now);
    } else if (answer instanceof CheckpointWork.Unknown m) {
      return state.onCommitUnknown(m.checkpoint(), now);
    } else if (answer instanceof CheckpointWork.Deposed m) {
      return state.onDeposed(m.reason(), now);
    }
    throw new IllegalStateException("no answer is " + answer);
  }

  private void carryOut(List<AppMasterDecision> decisions) {
    for (AppMasterDecision decision : decisions) {
      if (decision instanceof TellMaster tell) {
        master.tell(tell.message(), getSelf());
      } else if (decision instanceof TellWorker tell) {
        tell(tell.address(), tell.message());
      } else if (decision instanceof TellExecutor tell) {
        tell(tell.address(), tell.message());
      } else if (decision instanceof FindCheckpoint) {
        work.find();
      } else if (decision instanceof StoreCheckpoint store) {
        work.store(store.manifest());
      } else if (decision instanceof ResolveCheckpoint resolve) {
        work.resolve(resolve.checkpoint());
      } else if (decision instanceof Warn warn) {
        LOG.warn(warn.text());
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
