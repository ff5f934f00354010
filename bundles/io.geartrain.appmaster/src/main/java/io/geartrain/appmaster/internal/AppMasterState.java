package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.appmaster.internal.ExecutorEntry.Step;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One application from its launch to its end: what to do on each message. Owned by the app master's
 * actor; knows no clock and no network.
 *
 * <pre>
 * phase       awaits                       then                                      limit
 * LAUNCHING   first executor               PLANNING                                  launch
 * PLANNING    Planned                      RESTORING                                 planning
 * RESTORING   the last checkpoint          REQUESTING, after a restart DEPLOYING     none
 * REQUESTING  SlotsDecided                 all assigned: DEPLOYING, else WAITING     slots
 * WAITING     SlotsDecided, all assigned   DEPLOYING                                 none
 * DEPLOYING   all executors launched       INSTALLING                                launch
 * INSTALLING  all PlanInstalled            RUNNING                                   install
 * RUNNING     TaskFinished of every task   FINISHING                                 none
 * RUNNING     the savepoint to end with    FINISHING                                 none
 * FINISHING   the last checkpoint          STOPPING for COMPLETED, or for CANCELLED  none
 *                                          where it was stopped with a savepoint
 * RUNNING, …  a failure, once again        RECOVERING
 * RECOVERING  all executors gone, back-off RESTORING                                 twice stop
 * any         a failure for good           STOPPING for FAILED
 * any         StopApplication              STOPPING for CANCELLED
 * STOPPING    all executors gone           ENDED                                     twice stop
 * </pre>
 *
 * <p>The first reason to stop decides the end. Once it stops, no task is started and none is told
 * to publish.
 */
final class AppMasterState {
  private enum Phase {
    NEW,
    LAUNCHING,
    PLANNING,
    REQUESTING,
    WAITING,
    DEPLOYING,
    INSTALLING,
    RUNNING,
    FINISHING,
    RECOVERING,
    RESTORING,
    STOPPING,
    ENDED
  }

  private final ApplicationSpec spec;
  private final long epoch;
  private final String ownWorkerAddress;
  private final int defaultParallelism;
  private final Limits limits;
  private final RecoveryPolicy recovery;

  private final Decisions out = new Decisions();
  private final ExecutorTable executors;
  private final CheckpointDuty checkpoints;
  private final StatusBoard board;
  private final Set<String> finishedTasks = new HashSet<>();

  private Phase phase = Phase.NEW;
  private ApplicationState target;
  private Instant deadline;
  private boolean lastCall;
  private ExecutionPlan plan;
  private Map<Integer, Placement> placement = Map.of();
  private int attempt;
  private Instant restartAt;
  private Failure restartedFor;

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
    this.recovery = new RecoveryPolicy(recoveryLimits);
    this.executors = new ExecutorTable(spec, epoch, address, out);
    this.checkpoints =
        new CheckpointDuty(spec.id(), epoch, checkpointLimits, executors, out, new Ending());
    this.board =
        new StatusBoard(
            spec.id(), epoch, () -> checkpoints.status(recovery.total(), restartedFor), out);
  }

  /** Begins. */
  List<AppMasterDecision> start(Instant now) {
    launchPlanner(now);
    return out.drain();
  }

  /** It can't begin: ends at once. */
  List<AppMasterDecision> refuse(Failure reason, Instant now) {
    failForGood(reason, now);
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

  /** An executor spoke; what comes from another epoch or an unknown executor is dropped. */
  List<AppMasterDecision> on(ExecutorToAppMaster message, Instant now) {
    if (message instanceof Planned m && executors.knows(m.executorId(), m.epoch())) {
      onPlanned(m.plan(), now);
    } else if (message instanceof PlanningFailed m && executors.knows(m.executorId(), m.epoch())) {
      fail(m.failure(), now);
    } else if (message instanceof PlanInstalled m && executors.knows(m.executorId(), m.epoch())) {
      onInstalled(executors.find(m.executorId()).orElseThrow(), now);
    } else if (message instanceof TaskFinished m && executors.knows(m.executorId(), m.epoch())) {
      onFinished(m.taskId(), now);
    } else if (message instanceof TaskFailed m && executors.knows(m.executorId(), m.epoch())) {
      onTaskFailed(m.failure(), now);
    } else if (message instanceof TasksStopped m && executors.knows(m.executorId(), m.epoch())) {
      onTasksStopped(executors.find(m.executorId()).orElseThrow());
    } else if (message instanceof MetricsReport m && executors.knows(m.executorId(), m.epoch())) {
      if (observes()) {
        board.metrics(m.tasks(), now);
      }
    } else if (message instanceof TaskStalled m && executors.knows(m.executorId(), m.epoch())) {
      if (observes()) {
        board.stalled(m.stall());
      }
    } else if (message instanceof TaskMoved m && executors.knows(m.executorId(), m.epoch())) {
      if (observes()) {
        board.moved(m.taskId());
      }
    } else if (message instanceof SnapshotTaken m && executors.knows(m.executorId(), m.epoch())) {
      checkpoints.onPart(m, now);
    } else if (message instanceof SnapshotFailed m && executors.knows(m.executorId(), m.epoch())) {
      checkpoints.onPartFailed(m, now);
    } else if (message instanceof CheckpointCommitted m
        && executors.knows(m.executorId(), m.epoch())) {
      onAllPublished(m, now);
    } else if (message instanceof OutputPublished m && executors.knows(m.executorId(), m.epoch())) {
      onPublished(m, now);
    }
    return out.drain();
  }

  /** The last checkpoint is found and whole, or there is none. */
  List<AppMasterDecision> onFound(CheckpointLog.Found found, Instant now) {
    if (phase == Phase.RESTORING) {
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
    if (phase == Phase.RESTORING) {
      StartCheck check = new StartCheck(spec.from(), saved, plan);
      Optional<Failure> refusal = check.refusal();
      if (refusal.isPresent()) {
        failForGood(refusal.get(), now);
      } else {
        checkpoints.foundStart(saved.manifest(), check.dropped(), lastUsed);
        goOn(now);
      }
    }
    return out.drain();
  }

  private void goOn(Instant now) {
    if (placement.isEmpty()) {
      enter(Phase.REQUESTING, ApplicationState.PLANNING, limits.slots(), now);
      out.tellMaster(new RequestSlots(spec.id(), epoch, plan.slots()));
      board.report(now);
    } else {
      deploy(placement, now);
    }
  }

  /** The metadata do not answer; the search is repeated. */
  List<AppMasterDecision> onSearchUnavailable(Instant now) {
    if (phase == Phase.RESTORING) {
      checkpoints.findLater(now);
    }
    return out.drain();
  }

  /** There is a last checkpoint, but it can't be resumed from; or this app master is deposed. */
  List<AppMasterDecision> onSearchFailed(Failure reason, Instant now) {
    if (phase == Phase.RESTORING) {
      failForGood(reason, now);
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
    failForGood(Failure.of("superseded", reason, "see the app master that came after"), now);
    return out.drain();
  }

  /** Time has passed; called a few times a second. */
  List<AppMasterDecision> tick(Instant now) {
    checkpoints.tick(now);
    if (phase == Phase.RESTORING) {
      checkpoints.findWhenDue(now);
    }
    if (phase == Phase.RECOVERING && executors.live().isEmpty() && !now.isBefore(restartAt)) {
      restart(now);
    }
    if (deadline != null && !now.isBefore(deadline)) {
      onDeadline(now);
    }
    switch (phase) {
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
    enter(Phase.LAUNCHING, ApplicationState.PLANNING, limits.launch(), now);
    executors.launch(ownWorkerAddress, List.of());
    board.report(now);
  }

  private void onLaunched(ExecutorEntry executor, ExecutorLaunched message, Instant now) {
    if (!executor.is(Step.LAUNCHING)) {
      return;
    }
    executor.launched(message.workerId(), message.address());
    if (phase == Phase.LAUNCHING) {
      enter(Phase.PLANNING, ApplicationState.PLANNING, limits.planning(), now);
      executors.tell(
          executor, new PlanApplication(epoch, defaultParallelism, limits.definition().toMillis()));
    } else if (phase == Phase.DEPLOYING) {
      installWhenAllLaunched(now);
    }
  }

  private void onPlanned(ExecutionPlan planned, Instant now) {
    if (phase != Phase.PLANNING) {
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
    enter(Phase.RESTORING, board.state(), null, now);
    checkpoints.find();
  }

  private void onSlots(List<Placement> decided, Instant now) {
    if (phase != Phase.REQUESTING && phase != Phase.WAITING) {
      return;
    }
    Map<Integer, Placement> bySlice = new TreeMap<>();
    for (Placement each : decided) {
      if (each.decision() == Placement.Kind.REJECT) {
        fail(PhaseFailures.rejected(each), now);
        return;
      }
      if (each.decision() == Placement.Kind.ASSIGN) {
        bySlice.put(each.slice(), each);
      }
    }
    boolean complete =
        IntStream.range(0, plan.slots()).allMatch(bySlice::containsKey)
            && bySlice.size() == plan.slots();
    if (complete) {
      deploy(bySlice, now);
    } else {
      enter(Phase.WAITING, ApplicationState.WAITING, null, now);
      board.report(now);
    }
  }

  private void deploy(Map<Integer, Placement> bySlice, Instant now) {
    placement = Collections.unmodifiableMap(new TreeMap<>(bySlice));
    enter(Phase.DEPLOYING, ApplicationState.DEPLOYING, limits.launch(), now);
    executors.place(bySlice);
    board.report(now);
    installWhenAllLaunched(now);
  }

  private void installWhenAllLaunched(Instant now) {
    if (executors.allUsedAre(Step.IDLE)) {
      enter(Phase.INSTALLING, ApplicationState.DEPLOYING, limits.install(), now);
      attempt++;
      for (ExecutorEntry executor : executors.used()) {
        executor.step(Step.INSTALLING);
        executors.tell(
            executor,
            new InstallPlan(epoch, attempt, plan, executor.slices(), checkpoints.restorePoint()));
      }
    }
  }

  private void onInstalled(ExecutorEntry executor, Instant now) {
    if (phase != Phase.INSTALLING || !executor.is(Step.INSTALLING)) {
      return;
    }
    executor.step(Step.INSTALLED);
    if (executors.allUsedAre(Step.INSTALLED)) {
      board.started(now);
      finishedTasks.clear();
      enter(Phase.RUNNING, ApplicationState.RUNNING, null, now);
      executors.tellUsed(new StartTasks(epoch));
      checkpoints.begin(plan, now);
      board.report(now);
    }
  }

  private void onFinished(String taskId, Instant now) {
    if (phase != Phase.RUNNING && phase != Phase.FINISHING) {
      return;
    }
    finishedTasks.add(taskId);
    if (phase == Phase.RUNNING && finishedTasks.size() == plan.tasks()) {
      enter(Phase.FINISHING, ApplicationState.RUNNING, null, now);
      checkpoints.finish(now);
    }
  }

  /** What somebody waits for is told at once, for they may go on with it. */
  private void onPublished(OutputPublished message, Instant now) {
    boolean runs = phase == Phase.RUNNING || phase == Phase.FINISHING;
    if (runs && checkpoints.onPublished(message.executorId(), message.checkpoint(), now)) {
      board.report(now);
    }
  }

  private void onAllPublished(CheckpointCommitted message, Instant now) {
    if (phase == Phase.FINISHING
        && checkpoints.onAllPublished(message.executorId(), message.checkpoint(), now)) {
      boolean stopped = checkpoints.isStopped() || finishedTasks.size() < plan.tasks();
      stopAll(stopped ? ApplicationState.CANCELLED : ApplicationState.COMPLETED, now);
    }
  }

  /** Hears of checkpoints how the application has to end. */
  private final class Ending implements CheckpointDuty.Ending {
    @Override
    public void onFatal(Failure reason, Instant now) {
      failForGood(reason, now);
    }

    @Override
    public void onLastCommit(Instant now) {
      if (phase == Phase.RUNNING) {
        enter(Phase.FINISHING, ApplicationState.RUNNING, null, now);
      }
    }
  }

  // ---- what goes wrong

  private void onTaskFailed(Failure reason, Instant now) {
    if (phase == Phase.STOPPING && target == ApplicationState.CANCELLED) {
      board.failure(board.failure() == null ? reason : board.failure());
    } else if (phase == Phase.RECOVERING && reason.code().equals("task-stuck")) {
      failForGood(reason, now);
    } else {
      fail(reason, now);
    }
  }

  /** Whether what executors see of their tasks is of tasks that this application runs by now. */
  private boolean observes() {
    return plan != null && phase != Phase.RECOVERING && phase != Phase.ENDED;
  }

  private void onStop(Instant now) {
    if (phase != Phase.STOPPING && phase != Phase.ENDED) {
      board.state(ApplicationState.CANCELLING);
      stopAll(ApplicationState.CANCELLED, now);
    }
  }

  private void onGone(String executorId, Failure reason, Instant now) {
    ExecutorEntry executor = executors.find(executorId).orElse(null);
    if (executor == null || executor.is(Step.GONE)) {
      return;
    }
    boolean asked = executor.is(Step.STOPPING);
    executor.step(Step.GONE);
    if (phase == Phase.STOPPING) {
      endWhenAllGone(now);
    } else if (phase == Phase.RECOVERING) {
      restartWhenAllGone(now);
    } else if (!asked && !idle()) {
      fail(reason, now);
    }
  }

  /** Whether no executor has anything to do, so that another does as well. */
  private boolean idle() {
    return phase == Phase.RESTORING || phase == Phase.REQUESTING || phase == Phase.WAITING;
  }

  private void onTasksStopped(ExecutorEntry executor) {
    if (executor.is(Step.STOPPING_TASKS)) {
      executors.stop(executor);
    }
  }

  private void onDeadline(Instant now) {
    switch (phase) {
      case LAUNCHING, DEPLOYING ->
          fail(late("launch-timeout", "start its executors", limits.launch()), now);
      case PLANNING ->
          fail(late("definition-timeout", "run its definition", limits.planning()), now);
      case REQUESTING -> fail(late("slots-timeout", "hear of its slots", limits.slots()), now);
      case INSTALLING -> fail(late("install-timeout", "set up its tasks", limits.install()), now);
      case STOPPING, RECOVERING -> onStopDeadline(now);
      default -> deadline = null;
    }
  }

  private void onStopDeadline(Instant now) {
    if (lastCall) {
      if (board.failure() == null) {
        Failure stuck = late("stop-timeout", "stop its executors", limits.stop().multipliedBy(2));
        board.failure(phase == Phase.RECOVERING ? restartedFor : stuck);
      }
      if (phase == Phase.RECOVERING) {
        target = ApplicationState.FAILED;
      }
      end(now);
      return;
    }
    lastCall = true;
    deadline = now.plus(limits.stop());
    executors.stopAtLast();
  }

  private void fail(Failure reason, Instant now) {
    boolean started =
        switch (phase) {
          case RUNNING, FINISHING -> true;
          case LAUNCHING, PLANNING, DEPLOYING, INSTALLING ->
              board.hasStarted() || reason.code().equals(PhaseFailures.LOST);
          default -> false;
        };
    if (started) {
      Optional<Duration> backoff = recovery.onFailure(reason, now);
      if (backoff.isPresent()) {
        recover(reason, backoff.get(), now);
      } else {
        failForGood(recovery.verdict(), now);
      }
    } else if (phase != Phase.RECOVERING) {
      failForGood(reason, now);
    }
  }

  private void failForGood(Failure reason, Instant now) {
    if (phase != Phase.STOPPING && phase != Phase.ENDED) {
      board.failure(reason);
      stopAll(ApplicationState.FAILED, now);
    }
  }

  private void recover(Failure reason, Duration backoff, Instant now) {
    restartedFor = reason;
    restartAt = now.plus(backoff);
    board.restarted();
    phase = Phase.RECOVERING;
    out.warn(
        "%s failed and is restarted from its last checkpoint: %s", spec.id(), reason.message());
    stopExecutors(true, now);
    restartWhenAllGone(now);
    board.report(now);
  }

  private void restartWhenAllGone(Instant now) {
    if (executors.live().isEmpty()) {
      deadline = null;
      if (!now.isBefore(restartAt)) {
        restart(now);
      }
    }
  }

  private void stopAll(ApplicationState end, Instant now) {
    boolean recovering = phase == Phase.RECOVERING;
    phase = Phase.STOPPING;
    target = end;
    if (!recovering || executors.live().isEmpty()) {
      stopExecutors(end != ApplicationState.COMPLETED, now);
    }
    if (!endWhenAllGone(now)) {
      board.report(now);
    }
  }

  private void stopExecutors(boolean tasksFirst, Instant now) {
    checkpoints.end(now);
    lastCall = false;
    deadline = now.plus(limits.stop());
    executors.stopAll(tasksFirst);
  }

  private boolean endWhenAllGone(Instant now) {
    if (!executors.live().isEmpty()) {
      return false;
    }
    end(now);
    return true;
  }

  private void end(Instant now) {
    phase = Phase.ENDED;
    deadline = null;
    board.state(target);
    board.ended(now);
    board.report(now);
    out.add(new Terminate());
  }

  private void enter(Phase next, ApplicationState shown, Duration limit, Instant now) {
    phase = next;
    board.state(shown);
    deadline = limit == null ? null : now.plus(limit);
  }

  private Failure late(String code, String what, Duration limit) {
    return PhaseFailures.late(spec.id(), code, what, limit);
  }
}
