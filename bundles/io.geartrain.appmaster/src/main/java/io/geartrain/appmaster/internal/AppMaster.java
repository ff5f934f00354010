package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.AppMasterDecision.FindCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.ResolveCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.StoreCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.appmaster.internal.AppMasterDecision.TellWorker;
import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.appmaster.internal.AppMasterDecision.Warn;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.protocol.AppMasterToMaster;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.WorkerToAppMaster;
import io.geartrain.spi.CheckpointStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An app master but for its actor: takes what is told to it, and has carried out what {@link
 * AppMasterState} decides. One thread.
 */
public final class AppMaster {
  private static final Logger LOG = LoggerFactory.getLogger(AppMaster.class);

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
  public record Surroundings(
      int defaultParallelism,
      Limits limits,
      CheckpointLimits checkpoints,
      RecoveryPolicy.Limits recovery,
      MetadataStore metadata,
      CheckpointStore files,
      Clock clock) {}

  /** Where its words go; called on its own thread. */
  public interface Outside {
    /** To the master that launched it. */
    void tellMaster(AppMasterToMaster message);

    /** To a worker or an executor. */
    void tell(String address, ControlMessage message);

    /** It has ended, and all is told. */
    void terminate();
  }

  private final LaunchAppMaster launch;
  private final Clock clock;
  private final Outside outside;
  private final CheckpointWork work;
  private final AppMasterState state;
  private final Failure badSetting;

  /**
   * An app master that has not begun.
   *
   * @param address how it is reached
   * @param workerAddress the worker that launched it
   * @param blocking does what blocks, one thing after the other
   * @param answers takes what comes of that, on whatever thread; to be given to {@link #on}
   */
  public AppMaster(
      LaunchAppMaster launch,
      String address,
      String workerAddress,
      Surroundings surroundings,
      Executor blocking,
      Consumer<CheckpointWork.Answer> answers,
      Outside outside) {
    this.launch = launch;
    this.clock = surroundings.clock();
    this.outside = outside;
    CheckpointLimits wanted = surroundings.checkpoints();
    Failure wrong = null;
    try {
      wanted = wanted.of(launch.spec());
    } catch (IllegalArgumentException e) {
      wrong = Failure.of("bad-setting", e.getMessage(), "submit it again with a right setting");
    }
    this.badSetting = wrong;
    this.work =
        new CheckpointWork(
            surroundings.metadata(),
            surroundings.files(),
            launch.spec(),
            launch.epoch(),
            wanted.retained(),
            blocking,
            answers);
    this.state =
        new AppMasterState(
            launch.spec(),
            launch.epoch(),
            address,
            workerAddress,
            surroundings.defaultParallelism(),
            surroundings.limits(),
            wanted,
            surroundings.recovery());
  }

  /** Begins. */
  public void start() {
    LOG.info("App master of {} begins, epoch {}", launch.spec().id(), launch.epoch());
    carryOut(badSetting == null ? state.start(now()) : state.refuse(badSetting, now()));
  }

  /** Time has passed; called a few times a second. */
  public void tick() {
    carryOut(state.tick(now()));
  }

  /** The master spoke. */
  public void on(MasterToAppMaster message) {
    carryOut(state.on(message, now()));
  }

  /** A worker spoke. */
  public void on(WorkerToAppMaster message) {
    carryOut(state.on(message, now()));
  }

  /** An executor spoke. */
  public void on(ExecutorToAppMaster message) {
    carryOut(state.on(message, now()));
  }

  /** Something that blocks has ended. */
  public void on(CheckpointWork.Answer answer) {
    carryOut(decide(answer, now()));
  }

  /** What is reported of the application. */
  public ApplicationState state() {
    return state.state();
  }

  private Instant now() {
    return clock.instant();
  }

  private List<AppMasterDecision> decide(CheckpointWork.Answer answer, Instant now) {
    if (answer instanceof CheckpointWork.Found m) {
      m.found()
          .manifest()
          .ifPresent(
              manifest ->
                  LOG.info("{} resumes checkpoint {}", launch.spec().id(), manifest.checkpoint()));
      return state.onFound(m.found(), now);
    } else if (answer instanceof CheckpointWork.FoundStart m) {
      LOG.info("{} is to begin with {}", launch.spec().id(), launch.spec().from().label());
      return state.onFoundStart(m.saved(), m.lastUsed(), now);
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
        outside.tellMaster(tell.message());
      } else if (decision instanceof TellWorker tell) {
        outside.tell(tell.address(), tell.message());
      } else if (decision instanceof TellExecutor tell) {
        outside.tell(tell.address(), tell.message());
      } else if (decision instanceof FindCheckpoint) {
        work.find();
      } else if (decision instanceof StoreCheckpoint store) {
        work.store(store.manifest(), store.record());
      } else if (decision instanceof ResolveCheckpoint resolve) {
        work.resolve(resolve.checkpoint());
      } else if (decision instanceof Warn warn) {
        LOG.warn(warn.text());
      } else if (decision instanceof Terminate) {
        outside.terminate();
      }
    }
  }
}
