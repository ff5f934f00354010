package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.ExecutorEntry.Step;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.CheckpointStatus;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.OutputPublished;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TaskMoved;
import io.geartrain.protocol.ExecutorToAppMaster.TaskStalled;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.WorkerToAppMaster;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorRefused;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One application from its launch to its end, by the table of {@link Phase}: what to do on each
 * message. Owned by the app master's actor; knows no clock and no network.
 *
 * <p>Once it stops, no task is started and none is told to publish.
 */
final class AppMasterState {
  private final ApplicationSpec spec;
  private final long epoch;
  private final String ownWorkerAddress;
  private final int defaultParallelism;
  private final Limits limits;

  private final Decisions out = new Decisions();
  private final ExecutorTable executors;
  private final CheckpointDuty checkpoints;
  private final StatusBoard board;
  private final PhaseClock clock;
  private final Deployment deployment;
  private final Shutdown shutdown;
  private final Recovery recovery;
  private final Set<String> finishedTasks = new HashSet<>();

  private ExecutionPlan plan;

  /**
   * An application that was not begun yet.
   *
   * @param address how executors reach this app master
   * @param ownWorkerAddress the worker that launched it, where the definition is run
   * @param checkpointLimits as the application wants them
   * @param recoveryLimits how often it is restarted after a failure
   */
  AppMasterState(
      ApplicationSpec spec,
      long epoch,
      String address,
      String ownWorkerAddress,
      int defaultParallelism,
      Limits limits,
      CheckpointLimits checkpointLimits,
      RecoveryPolicy.Limits recoveryLimits) {
    this.spec = spec;
    this.epoch = epoch;
    this.ownWorkerAddress = ownWorkerAddress;
    this.defaultParallelism = defaultParallelism;
    this.limits = limits;
    this.executors = new ExecutorTable(spec, epoch, address, out);
    this.checkpoints =
        new CheckpointDuty(spec.id(), epoch, checkpointLimits, executors, out, new Ending());
    this.board = new StatusBoard(spec.id(), epoch, this::checkpointStatus, out);
    this.clock = new PhaseClock(board);
    this.deployment = new Deployment(epoch, limits, clock, executors, checkpoints, board);
    this.shutdown =
        new Shutdown(spec.id(), limits.stop(), clock, executors, checkpoints, board, out);
    this.recovery =
        new Recovery(
            spec.id(),
            new RecoveryPolicy(recoveryLimits),
            clock,
            executors,
            shutdown,
            board,
            out,
            this::restart);
  }

  private CheckpointStatus checkpointStatus() {
    return checkpoints.status(recovery.restarts(), recovery.restartedFor());
  }

  /** Begins. */
  List<AppMasterDecision> start(Instant now) {
    launchPlanner(now);
    return out.drain();
  }

  /** It can't begin: ends at once. */
  List<AppMasterDecision> refuse(Failure reason, Instant now) {
    recovery.failForGood(reason, now);
    return out.drain();
  }

  // ---- messages

  /** The master spoke. */
  List<AppMasterDecision> on(MasterToAppMaster message, Instant now) {
    if (message instanceof SlotsDecided decided) {
      onSlots(decided.placement(), now);
    } else if (message instanceof MakeCheckpoint asked) {
      checkpoints.request(asked, now);
    } else if (message instanceof StopApplication) {
      onStop(now);
    }
    return out.drain();
  }

  /** A worker spoke. */
  List<AppMasterDecision> on(WorkerToAppMaster message, Instant now) {
    if (message instanceof ExecutorLaunched launched) {
      executors
          .find(launched.executorId())
          .ifPresent(executor -> onLaunched(executor, launched, now));
    } else if (message instanceof ExecutorRefused refused) {
      onGone(refused.executorId(), refused.failure(), now);
    } else if (message instanceof ExecutorTerminated gone) {
      onGone(gone.executorId(), PhaseFailures.lost(gone), now);
    }
    return out.drain();
  }

  /** An executor spoke; what comes from another epoch, or from one of the past, is dropped. */
  List<AppMasterDecision> on(ExecutorToAppMaster message, Instant now) {
    if (executors.hears(message)) {
      onHeard(message, now);
    }
    return out.drain();
  }

  private void onHeard(ExecutorToAppMaster message, Instant now) {
    if (message instanceof Planned m) {
      onPlanned(m.plan(), now);
    } else if (message instanceof PlanningFailed m) {
      recovery.fail(m.failure(), now);
    } else if (message instanceof PlanInstalled m) {
      onInstalled(executors.find(m.executorId()).orElseThrow(), now);
    } else if (message instanceof TaskFinished m) {
      onFinished(m.taskId(), now);
    } else if (message instanceof TaskFailed m) {
      onTaskFailed(m.failure(), now);
    } else if (message instanceof TasksStopped m) {
      onTasksStopped(executors.find(m.executorId()).orElseThrow());
    } else if (message instanceof SnapshotTaken m) {
      checkpoints.onPart(m, now);
    } else if (message instanceof SnapshotFailed m) {
      checkpoints.onPartFailed(m, now);
    } else if (message instanceof CheckpointCommitted m) {
      onAllPublished(m, now);
    } else if (message instanceof OutputPublished m) {
      onPublished(m, now);
    } else if (observes()) {
      onSeen(message, now);
    }
  }

  /** An executor tells what it sees of its tasks. */
  private void onSeen(ExecutorToAppMaster message, Instant now) {
    if (message instanceof MetricsReport m) {
      board.metrics(m.tasks(), now);
    } else if (message instanceof TaskStalled m) {
      board.stalled(m.stall());
    } else if (message instanceof TaskMoved m) {
      board.moved(m.taskId());
    }
  }

  /** The last checkpoint is found and whole, or there is none. */
  List<AppMasterDecision> onFound(CheckpointLog.Found found, Instant now) {
    if (clock.in(Phase.RESTORING)) {
      checkpoints.found(found);
      goOn(now);
    }
    return out.drain();
  }

  /**
   * There is no checkpoint of its own, and that of another application to begin with is whole.
   *
   * @param lastUsed the greatest number that any checkpoint has had
   */
  List<AppMasterDecision> onFoundStart(SavedState saved, long lastUsed, Instant now) {
    if (clock.in(Phase.RESTORING)) {
      StartCheck check = new StartCheck(spec.from(), saved, plan);
      Optional<Failure> refusal = check.refusal();
      if (refusal.isPresent()) {
        recovery.failForGood(refusal.get(), now);
      } else {
        checkpoints.foundStart(saved.manifest(), check.dropped(), lastUsed);
        goOn(now);
      }
    }
    return out.drain();
  }

  private void goOn(Instant now) {
    if (!deployment.hasSlots()) {
      clock.enter(Phase.REQUESTING, ApplicationState.PLANNING, limits.slots(), now);
      out.tellMaster(new RequestSlots(spec.id(), epoch, plan.slots()));
      board.report(now);
    } else {
      deployment.begin(plan, now);
    }
  }

  /** The metadata do not answer; the search is repeated. */
  List<AppMasterDecision> onSearchUnavailable(Instant now) {
    if (clock.in(Phase.RESTORING)) {
      checkpoints.findLater(now);
    }
    return out.drain();
  }

  /** There is a last checkpoint, but it can't be resumed from; or this app master is deposed. */
  List<AppMasterDecision> onSearchFailed(Failure reason, Instant now) {
    if (clock.in(Phase.RESTORING)) {
      recovery.failForGood(reason, now);
    }
    return out.drain();
  }

  /** A checkpoint stands. */
  List<AppMasterDecision> onCommitted(long checkpoint, Instant now) {
    checkpoints.onCommitted(checkpoint, now);
    return out.drain();
  }

  /** A checkpoint does not stand and never will. */
  List<AppMasterDecision> onCommitFailed(long checkpoint, String reason, Instant now) {
    checkpoints.onCommitFailed(checkpoint, reason, now);
    return out.drain();
  }

  /** Nobody knows whether the checkpoint stands. */
  List<AppMasterDecision> onCommitUnknown(long checkpoint, Instant now) {
    checkpoints.onCommitUnknown(checkpoint, now);
    return out.drain();
  }

  /** A later app master has taken the application over: this one must stop its tasks. */
  List<AppMasterDecision> onDeposed(String reason, Instant now) {
    recovery.failForGood(
        Failure.of("superseded", reason, "see the app master that came after"), now);
    return out.drain();
  }

  /** Time has passed; called a few times a second. */
  List<AppMasterDecision> tick(Instant now) {
    checkpoints.tick(now);
    if (clock.in(Phase.RESTORING)) {
      checkpoints.findWhenDue(now);
    }
    recovery.tick(now);
    if (clock.isLate(now)) {
      onDeadline(now);
    }
    switch (clock.phase()) {
      case RUNNING, FINISHING, RECOVERING, STOPPING -> board.reportWhenDue(now);
      default -> {}
    }
    return out.drain();
  }

  /** What is reported of the application. */
  ApplicationState state() {
    return board.state();
  }

  // ---- from the launch to running tasks

  private void launchPlanner(Instant now) {
    clock.enter(Phase.LAUNCHING, ApplicationState.PLANNING, limits.launch(), now);
    executors.launch(ownWorkerAddress, List.of());
    board.report(now);
  }

  private void onLaunched(ExecutorEntry executor, ExecutorLaunched message, Instant now) {
    if (!executor.is(Step.LAUNCHING)) {
      return;
    }
    executor.launched(message.workerId(), message.address());
    if (clock.in(Phase.LAUNCHING)) {
      clock.enter(Phase.PLANNING, ApplicationState.PLANNING, limits.planning(), now);
      executors.tell(
          executor, new PlanApplication(epoch, defaultParallelism, limits.definition().toMillis()));
    } else if (clock.in(Phase.DEPLOYING)) {
      deployment.installWhenAllLaunched(plan, now);
    }
  }

  private void onPlanned(ExecutionPlan planned, Instant now) {
    if (!clock.in(Phase.PLANNING)) {
      return;
    }
    plan = planned;
    board.plan(planned);
    restore(now);
    board.report(now);
  }

  private void restart(Instant now) {
    if (plan == null) {
      launchPlanner(now);
    } else {
      restore(now);
    }
  }

  private void restore(Instant now) {
    clock.enter(Phase.RESTORING, board.state(), null, now);
    checkpoints.find();
  }

  private void onSlots(List<Placement> decided, Instant now) {
    if (!clock.in(Phase.REQUESTING) && !clock.in(Phase.WAITING)) {
      return;
    }
    Optional<Placement> rejected =
        decided.stream().filter(each -> each.decision() == Placement.Kind.REJECT).findFirst();
    if (rejected.isPresent()) {
      recovery.fail(PhaseFailures.rejected(rejected.get()), now);
    } else if (deployment.take(decided, plan)) {
      deployment.begin(plan, now);
    } else {
      clock.enter(Phase.WAITING, ApplicationState.WAITING, null, now);
      board.report(now);
    }
  }

  private void onInstalled(ExecutorEntry executor, Instant now) {
    if (deployment.installed(executor)) {
      board.started(now);
      finishedTasks.clear();
      clock.enter(Phase.RUNNING, ApplicationState.RUNNING, null, now);
      executors.tellUsed(new StartTasks(epoch));
      checkpoints.begin(plan, now);
      board.report(now);
    }
  }

  private void onFinished(String taskId, Instant now) {
    if (!clock.runs()) {
      return;
    }
    finishedTasks.add(taskId);
    if (clock.in(Phase.RUNNING) && finishedTasks.size() == plan.tasks()) {
      clock.enter(Phase.FINISHING, ApplicationState.RUNNING, null, now);
      checkpoints.finish(now);
    }
  }

  /** What somebody waits for is told at once, for they may go on with it. */
  private void onPublished(OutputPublished message, Instant now) {
    if (clock.runs() && checkpoints.onPublished(message.executorId(), message.checkpoint(), now)) {
      board.report(now);
    }
  }

  private void onAllPublished(CheckpointCommitted message, Instant now) {
    if (clock.in(Phase.FINISHING)
        && checkpoints.onAllPublished(message.executorId(), message.checkpoint(), now)) {
      boolean stopped = checkpoints.isStopped() || finishedTasks.size() < plan.tasks();
      shutdown.stopAll(stopped ? ApplicationState.CANCELLED : ApplicationState.COMPLETED, now);
    }
  }

  /** Hears of checkpoints how the application has to end. */
  private final class Ending implements CheckpointDuty.Ending {
    @Override
    public void onFatal(Failure reason, Instant now) {
      recovery.failForGood(reason, now);
    }

    @Override
    public void onLastCommit(Instant now) {
      if (clock.in(Phase.RUNNING)) {
        clock.enter(Phase.FINISHING, ApplicationState.RUNNING, null, now);
      }
    }
  }

  // ---- what goes wrong

  private void onTaskFailed(Failure reason, Instant now) {
    if (shutdown.cancels()) {
      board.failure(board.failure() == null ? reason : board.failure());
    } else if (clock.in(Phase.RECOVERING) && reason.code().equals("task-stuck")) {
      recovery.failForGood(reason, now);
    } else {
      recovery.fail(reason, now);
    }
  }

  /** Whether what executors see of their tasks is of tasks that this application runs by now. */
  private boolean observes() {
    return plan != null && !clock.in(Phase.RECOVERING) && !clock.in(Phase.ENDED);
  }

  private void onStop(Instant now) {
    if (!clock.ends()) {
      board.state(ApplicationState.CANCELLING);
      shutdown.stopAll(ApplicationState.CANCELLED, now);
    }
  }

  private void onGone(String executorId, Failure reason, Instant now) {
    ExecutorEntry executor = executors.find(executorId).orElse(null);
    if (executor == null || executor.is(Step.GONE)) {
      return;
    }
    boolean asked = executor.is(Step.STOPPING);
    executor.step(Step.GONE);
    if (clock.in(Phase.STOPPING)) {
      shutdown.endWhenAllGone(now);
    } else if (clock.in(Phase.RECOVERING)) {
      recovery.restartWhenAllGone(now);
    } else if (!asked && !idle()) {
      recovery.fail(reason, now);
    }
  }

  /** Whether no executor has anything to do, so that another does as well. */
  private boolean idle() {
    return clock.in(Phase.RESTORING) || clock.in(Phase.REQUESTING) || clock.in(Phase.WAITING);
  }

  private void onTasksStopped(ExecutorEntry executor) {
    if (executor.is(Step.STOPPING_TASKS)) {
      executors.stop(executor);
    }
  }

  private void onDeadline(Instant now) {
    switch (clock.phase()) {
      case LAUNCHING, DEPLOYING ->
          failLate("launch-timeout", "start its executors", limits.launch(), now);
      case PLANNING -> failLate("definition-timeout", "run its definition", limits.planning(), now);
      case REQUESTING -> failLate("slots-timeout", "hear of its slots", limits.slots(), now);
      case INSTALLING -> failLate("install-timeout", "set up its tasks", limits.install(), now);
      case STOPPING -> shutdown.onDeadline(now);
      case RECOVERING -> recovery.onDeadline(now);
      default -> clock.unlimited();
    }
  }

  private void failLate(String code, String what, Duration limit, Instant now) {
    recovery.fail(PhaseFailures.late(spec.id(), code, what, limit), now);
  }
}
