package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.AppMasterDecision.FindCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.ResolveCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.StoreCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.appmaster.internal.AppMasterDecision.TellWorker;
import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.appmaster.internal.AppMasterDecision.Warn;
import io.geartrain.appmaster.internal.ExecutorEntry.Step;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.StopTasks;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToMaster;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.AppMasterToWorker.StopExecutor;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.CheckpointStatus;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
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
import io.geartrain.protocol.HealthStatus;
import io.geartrain.protocol.MasterToAppMaster;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.WorkerToAppMaster;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorRefused;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.state.Manifest;
import io.geartrain.state.Manifest.TaskFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * FINISHING   the last checkpoint          STOPPING for COMPLETED                    none
 * RUNNING, …  a failure, once again        RECOVERING
 * any before  a lost executor that works   RECOVERING
 * RECOVERING  all executors gone, back-off RESTORING, without a plan LAUNCHING       twice stop
 * any         a failure for good           STOPPING for FAILED
 * any         StopApplication              STOPPING for CANCELLED
 * STOPPING    all executors gone           ENDED                                     twice stop
 * </pre>
 *
 * <p>The first reason to stop decides the end. Once it stops, no task is started and none is told
 * to publish.
 */
final class AppMasterState {
  private static final Duration REPORT_EVERY = Duration.ofSeconds(1);
  private static final Duration SEARCH_EVERY = Duration.ofSeconds(1);
  private static final int PLAN_VERSION = 1;
  private static final String LOST = "executor-lost";

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
  private final String address;
  private final String ownWorkerAddress;
  private final int defaultParallelism;
  private final Limits limits;
  private final CheckpointLimits checkpointLimits;
  private final CheckpointCoordinator checkpoints;
  private final RecoveryPolicy recovery;

  private final Map<String, ExecutorEntry> executors = new LinkedHashMap<>();
  private final Set<String> finishedTasks = new HashSet<>();
  private final List<AppMasterDecision> out = new ArrayList<>();

  private Phase phase = Phase.NEW;
  private ApplicationState state = ApplicationState.SUBMITTED;
  private ApplicationState target;
  private Instant deadline;
  private boolean lastCall;
  private Instant reportedAt;
  private Instant startedAt;
  private Instant endedAt;
  private ExecutionPlan plan;
  private ProcessorRates rates;
  private Failure failure;
  private Map<Integer, Placement> placement = Map.of();
  private Manifest restored;
  private int attempt;
  private long lastUsed;
  private Instant searchAt;
  private Instant restartAt;
  private Failure restartedFor;
  private final Set<String> published = new HashSet<>();

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
    this.address = address;
    this.ownWorkerAddress = ownWorkerAddress;
    this.defaultParallelism = defaultParallelism;
    this.limits = limits;
    this.checkpointLimits = checkpointLimits;
    this.checkpoints = new CheckpointCoordinator(checkpointLimits, spec.id(), epoch, PLAN_VERSION);
    this.recovery = new RecoveryPolicy(recoveryLimits);
  }

  /** Begins. */
  List<AppMasterDecision> start(Instant now) {
    launchPlanner(now);
    return drain();
  }

  /** It can't begin: ends at once. */
  List<AppMasterDecision> refuse(Failure reason, Instant now) {
    failForGood(reason, now);
    return drain();
  }

  /** The master spoke. */
  List<AppMasterDecision> on(MasterToAppMaster message, Instant now) {
    if (message instanceof SlotsDecided decided) {
      onSlots(decided.placement(), now);
    } else if (message instanceof StopApplication) {
      onStop(now);
    }
    return drain();
  }

  /** A worker spoke. */
  List<AppMasterDecision> on(WorkerToAppMaster message, Instant now) {
    if (message instanceof ExecutorLaunched launched) {
      onLaunched(launched, now);
    } else if (message instanceof ExecutorRefused refused) {
      onGone(refused.executorId(), refused.failure(), now);
    } else if (message instanceof ExecutorTerminated gone) {
      onGone(gone.executorId(), lost(gone), now);
    }
    return drain();
  }

  /** An executor spoke; what comes from another epoch or an unknown executor is dropped. */
  List<AppMasterDecision> on(ExecutorToAppMaster message, Instant now) {
    if (message instanceof Planned m && known(m.executorId(), m.epoch())) {
      onPlanned(m.plan(), now);
    } else if (message instanceof PlanningFailed m && known(m.executorId(), m.epoch())) {
      fail(m.failure(), now);
    } else if (message instanceof PlanInstalled m && known(m.executorId(), m.epoch())) {
      onInstalled(executors.get(m.executorId()), now);
    } else if (message instanceof TaskFinished m && known(m.executorId(), m.epoch())) {
      onFinished(m.taskId(), now);
    } else if (message instanceof TaskFailed m && known(m.executorId(), m.epoch())) {
      onTaskFailed(m.failure(), now);
    } else if (message instanceof TasksStopped m && known(m.executorId(), m.epoch())) {
      onTasksStopped(executors.get(m.executorId()), now);
    } else if (message instanceof MetricsReport m && known(m.executorId(), m.epoch())) {
      if (observes()) {
        rates.accept(m.tasks(), now);
      }
    } else if (message instanceof TaskStalled m && known(m.executorId(), m.epoch())) {
      if (observes()) {
        rates.stalls().onStalled(m.stall());
      }
    } else if (message instanceof TaskMoved m && known(m.executorId(), m.epoch())) {
      if (observes()) {
        rates.stalls().onMoved(m.taskId());
      }
    } else if (message instanceof SnapshotTaken m && known(m.executorId(), m.epoch())) {
      if (has(m.executorId(), m.part().task())) {
        checkpoint(checkpoints.onPart(m.checkpoint(), file(m.part()), now), now);
      }
    } else if (message instanceof SnapshotFailed m && known(m.executorId(), m.epoch())) {
      if (has(m.executorId(), m.taskId())) {
        checkpoint(checkpoints.onPartFailed(m.checkpoint(), m.taskId(), m.reason(), now), now);
      }
    } else if (message instanceof CheckpointCommitted m && known(m.executorId(), m.epoch())) {
      onPublished(m.executorId(), now);
    }
    return drain();
  }

  /** The last checkpoint is found and whole, or there is none. */
  List<AppMasterDecision> onFound(CheckpointLog.Found found, Instant now) {
    if (phase == Phase.RESTORING) {
      restored = found.manifest().orElse(null);
      lastUsed = found.lastUsed();
      searchAt = null;
      if (placement.isEmpty()) {
        enter(Phase.REQUESTING, ApplicationState.PLANNING, limits.slots(), now);
        tell(new RequestSlots(spec.id(), epoch, plan.slots()));
        report(now);
      } else {
        deploy(placement, now);
      }
    }
    return drain();
  }

  /** The metadata do not answer; the search is repeated. */
  List<AppMasterDecision> onSearchUnavailable(Instant now) {
    if (phase == Phase.RESTORING) {
      searchAt = now.plus(SEARCH_EVERY);
    }
    return drain();
  }

  /** There is a last checkpoint, but it can't be resumed from; or this app master is deposed. */
  List<AppMasterDecision> onSearchFailed(Failure reason, Instant now) {
    if (phase == Phase.RESTORING) {
      failForGood(reason, now);
    }
    return drain();
  }

  /** A checkpoint stands. */
  List<AppMasterDecision> onCommitted(long checkpoint, Instant now) {
    checkpoint(checkpoints.onCommitted(checkpoint, now), now);
    return drain();
  }

  /** A checkpoint does not stand and never will. */
  List<AppMasterDecision> onCommitFailed(long checkpoint, String reason, Instant now) {
    checkpoint(checkpoints.onCommitFailed(checkpoint, reason, now), now);
    return drain();
  }

  /** Nobody knows whether the checkpoint stands. */
  List<AppMasterDecision> onCommitUnknown(long checkpoint, Instant now) {
    checkpoint(checkpoints.onCommitUnknown(checkpoint, now), now);
    return drain();
  }

  /** A later app master has taken the application over: this one must stop its tasks. */
  List<AppMasterDecision> onDeposed(String reason, Instant now) {
    failForGood(Failure.of("superseded", reason, "see the app master that came after"), now);
    return drain();
  }

  /** Time has passed; called a few times a second. */
  List<AppMasterDecision> tick(Instant now) {
    checkpoint(checkpoints.tick(now), now);
    if (searchAt != null && phase == Phase.RESTORING && !now.isBefore(searchAt)) {
      searchAt = null;
      out.add(new FindCheckpoint());
    }
    if (phase == Phase.RECOVERING && live().isEmpty() && !now.isBefore(restartAt)) {
      restart(now);
    }
    if (deadline != null && !now.isBefore(deadline)) {
      onDeadline(now);
    }
    boolean reports =
        switch (phase) {
          case RUNNING, FINISHING, RECOVERING, STOPPING -> true;
          default -> false;
        };
    if (reports && !now.isBefore(reportedAt.plus(REPORT_EVERY))) {
      report(now);
    }
    return drain();
  }

  /** What is reported of the application. */
  ApplicationState state() {
    return state;
  }

  private void launchPlanner(Instant now) {
    enter(Phase.LAUNCHING, ApplicationState.PLANNING, limits.launch(), now);
    launch(ownWorkerAddress, List.of());
    report(now);
  }

  private void onLaunched(ExecutorLaunched message, Instant now) {
    ExecutorEntry executor = executors.get(message.executorId());
    if (executor == null || !executor.is(Step.LAUNCHING)) {
      return;
    }
    executor.launched(message.workerId(), message.address());
    if (phase == Phase.LAUNCHING) {
      enter(Phase.PLANNING, ApplicationState.PLANNING, limits.planning(), now);
      tell(
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
    rates = new ProcessorRates(planned);
    restore(now);
    report(now);
  }

  private void restart(Instant now) {
    if (plan == null) {
      launchPlanner(now);
    } else {
      restore(now);
    }
  }

  private void restore(Instant now) {
    enter(Phase.RESTORING, state, null, now);
    out.add(new FindCheckpoint());
  }

  private void onSlots(List<Placement> decided, Instant now) {
    if (phase != Phase.REQUESTING && phase != Phase.WAITING) {
      return;
    }
    Map<Integer, Placement> bySlice = new TreeMap<>();
    for (Placement each : decided) {
      if (each.decision() == Placement.Kind.REJECT) {
        fail(rejected(each), now);
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
      report(now);
    }
  }

  private void deploy(Map<Integer, Placement> bySlice, Instant now) {
    placement = Collections.unmodifiableMap(new TreeMap<>(bySlice));
    enter(Phase.DEPLOYING, ApplicationState.DEPLOYING, limits.launch(), now);
    Map<String, List<Integer>> slicesOf = new LinkedHashMap<>();
    Map<String, String> addressOf = new LinkedHashMap<>();
    bySlice.forEach(
        (slice, placement) -> {
          slicesOf.computeIfAbsent(placement.workerId(), id -> new ArrayList<>()).add(slice);
          addressOf.put(placement.workerId(), placement.workerAddress());
        });
    for (ExecutorEntry idle : live()) {
      List<Integer> slices = slicesOf.remove(idle.workerId());
      if (slices != null) {
        executors.put(idle.id(), idle.withSlices(slices));
      } else if (idle.is(Step.IDLE)) {
        stop(idle);
      }
    }
    slicesOf.forEach((worker, slices) -> launch(addressOf.get(worker), slices));
    report(now);
    installWhenAllLaunched(now);
  }

  private void installWhenAllLaunched(Instant now) {
    List<ExecutorEntry> used = used();
    if (used.stream().allMatch(executor -> executor.is(Step.IDLE))) {
      enter(Phase.INSTALLING, ApplicationState.DEPLOYING, limits.install(), now);
      attempt++;
      for (ExecutorEntry executor : used) {
        executor.step(Step.INSTALLING);
        tell(executor, new InstallPlan(epoch, attempt, plan, executor.slices(), restorePoint()));
      }
    }
  }

  private void onInstalled(ExecutorEntry executor, Instant now) {
    if (phase != Phase.INSTALLING || !executor.is(Step.INSTALLING)) {
      return;
    }
    executor.step(Step.INSTALLED);
    if (used().stream().allMatch(each -> each.is(Step.INSTALLED))) {
      startedAt = startedAt == null ? now : startedAt;
      finishedTasks.clear();
      published.clear();
      enter(Phase.RUNNING, ApplicationState.RUNNING, null, now);
      used().forEach(each -> tell(each, new StartTasks(epoch)));
      checkpoint(checkpoints.begin(plan.fingerprint(), taskIds(), lastUsed, now), now);
      report(now);
    }
  }

  private void onFinished(String taskId, Instant now) {
    if (phase != Phase.RUNNING) {
      return;
    }
    finishedTasks.add(taskId);
    if (finishedTasks.size() == plan.tasks()) {
      enter(Phase.FINISHING, ApplicationState.RUNNING, null, now);
      if (checkpointLimits.enabled() || restored != null) {
        checkpoint(checkpoints.finish(now), now);
      } else {
        publish(0, true);
      }
    }
  }

  private void onPublished(String executorId, Instant now) {
    if (phase == Phase.FINISHING && published.add(executorId)) {
      if (used().stream().allMatch(each -> published.contains(each.id()))) {
        stopAll(ApplicationState.COMPLETED, now);
      }
    }
  }

  private void checkpoint(List<CheckpointDecision> decisions, Instant now) {
    for (CheckpointDecision decision : decisions) {
      if (decision instanceof CheckpointDecision.Trigger trigger) {
        used().forEach(each -> tell(each, new TriggerCheckpoint(epoch, trigger.checkpoint())));
      } else if (decision instanceof CheckpointDecision.Store store) {
        out.add(new StoreCheckpoint(store.manifest()));
      } else if (decision instanceof CheckpointDecision.Resolve resolve) {
        out.add(new ResolveCheckpoint(resolve.checkpoint()));
      } else if (decision instanceof CheckpointDecision.Commit commit) {
        publish(commit.checkpoint(), commit.last());
      } else if (decision instanceof CheckpointDecision.Abort abort) {
        out.add(
            new Warn(
                "Checkpoint %d of %s is given up: %s"
                    .formatted(abort.checkpoint(), spec.id(), abort.reason())));
      } else if (decision instanceof CheckpointDecision.CannotFinish cannot) {
        onCannotFinish(cannot.reason(), now);
      }
    }
  }

  private void publish(long checkpoint, boolean last) {
    used().forEach(each -> tell(each, new CommitCheckpoint(epoch, checkpoint, last)));
  }

  /** What would be published without the checkpoint would be published again after a restart. */
  private void onCannotFinish(String reason, Instant now) {
    failForGood(
        Failure.of(
            "last-checkpoint-failed",
            "all input is processed, but its output can't be published: " + reason,
            "mend the cause; nothing after the last checkpoint is published"),
        now);
  }

  private Restore restorePoint() {
    return restored == null ? null : new Restore(restored.checkpoint(), restored.name());
  }

  private Set<String> taskIds() {
    Set<String> ids = new HashSet<>();
    for (PlannedChain chain : plan.chains()) {
      for (int index = 0; index < chain.parallelism(); index++) {
        ids.add(chain.taskId(index));
      }
    }
    return ids;
  }

  private static TaskFile file(Part part) {
    return new TaskFile(part.task(), part.steps(), part.file(), part.content());
  }

  /** Whether an executor that is installed has this task: task i of a chain is of slice i. */
  private boolean has(String executorId, String task) {
    ExecutorEntry executor = executors.get(executorId);
    return executor.is(Step.INSTALLED)
        && executor.slices().stream().anyMatch(slice -> task.endsWith("/" + slice));
  }

  private void onTaskFailed(Failure reason, Instant now) {
    if (phase == Phase.STOPPING && target == ApplicationState.CANCELLED && failure == null) {
      failure = reason;
    } else if (phase == Phase.RECOVERING && reason.code().equals("task-stuck")) {
      failForGood(reason, now);
    } else {
      fail(reason, now);
    }
  }

  /** Whether what executors see of their tasks is of tasks that this application runs by now. */
  private boolean observes() {
    return rates != null && phase != Phase.RECOVERING && phase != Phase.ENDED;
  }

  private void onStop(Instant now) {
    if (phase != Phase.STOPPING && phase != Phase.ENDED) {
      state = ApplicationState.CANCELLING;
      stopAll(ApplicationState.CANCELLED, now);
    }
  }

  private void onGone(String executorId, Failure reason, Instant now) {
    ExecutorEntry executor = executors.get(executorId);
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

  private void onTasksStopped(ExecutorEntry executor, Instant now) {
    if (executor.is(Step.STOPPING_TASKS)) {
      stop(executor);
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
      Failure stuck = late("stop-timeout", "stop its executors", limits.stop().multipliedBy(2));
      if (failure == null) {
        failure = phase == Phase.RECOVERING ? restartedFor : stuck;
      }
      if (phase == Phase.RECOVERING) {
        target = ApplicationState.FAILED;
      }
      end(now);
      return;
    }
    lastCall = true;
    deadline = now.plus(limits.stop());
    live().stream().filter(each -> !each.is(Step.STOPPING)).forEach(this::stop);
  }

  private void fail(Failure reason, Instant now) {
    boolean started =
        switch (phase) {
          case RUNNING, FINISHING -> true;
          case LAUNCHING, PLANNING, DEPLOYING, INSTALLING ->
              startedAt != null || reason.code().equals(LOST);
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
      failure = reason;
      stopAll(ApplicationState.FAILED, now);
    }
  }

  private void recover(Failure reason, Duration backoff, Instant now) {
    restartedFor = reason;
    rates = rates == null ? null : rates.restarted();
    restartAt = now.plus(backoff);
    state = startedAt == null ? state : ApplicationState.RUNNING;
    phase = Phase.RECOVERING;
    out.add(
        new Warn(
            "%s failed and is restarted from its last checkpoint: %s"
                .formatted(spec.id(), reason.message())));
    stopExecutors(true, now);
    restartWhenAllGone(now);
    report(now);
  }

  private void restartWhenAllGone(Instant now) {
    if (live().isEmpty()) {
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
    if (!recovering || live().isEmpty()) {
      stopExecutors(end != ApplicationState.COMPLETED, now);
    }
    if (!endWhenAllGone(now)) {
      report(now);
    }
  }

  private void stopExecutors(boolean tasksFirst, Instant now) {
    checkpoint(checkpoints.end(), now);
    lastCall = false;
    deadline = now.plus(limits.stop());
    for (ExecutorEntry executor : live()) {
      boolean hasTasks = executor.is(Step.INSTALLING) || executor.is(Step.INSTALLED);
      if (hasTasks && tasksFirst) {
        executor.step(Step.STOPPING_TASKS);
        tell(executor, new StopTasks(epoch));
      } else if (!executor.is(Step.STOPPING)) {
        stop(executor);
      }
    }
  }

  private boolean endWhenAllGone(Instant now) {
    if (!live().isEmpty()) {
      return false;
    }
    end(now);
    return true;
  }

  private void end(Instant now) {
    phase = Phase.ENDED;
    state = target;
    endedAt = now;
    deadline = null;
    if (rates != null) {
      rates.stop();
    }
    report(now);
    out.add(new Terminate());
  }

  private void enter(Phase next, ApplicationState shown, Duration limit, Instant now) {
    phase = next;
    state = shown;
    deadline = limit == null ? null : now.plus(limit);
  }

  private void launch(String workerAddress, List<Integer> slices) {
    String id = "%s-%d-x%d".formatted(spec.id(), epoch, executors.size());
    executors.put(id, new ExecutorEntry(id, workerAddress, slices));
    out.add(new TellWorker(workerAddress, new LaunchExecutor(id, spec, epoch, address)));
  }

  private void stop(ExecutorEntry executor) {
    executor.step(Step.STOPPING);
    out.add(new TellWorker(executor.workerAddress(), new StopExecutor(executor.id())));
  }

  private void tell(ExecutorEntry executor, AppMasterToExecutor message) {
    out.add(new TellExecutor(executor.address(), message));
  }

  private void tell(AppMasterToMaster message) {
    out.add(new TellMaster(message));
  }

  private void report(Instant now) {
    reportedAt = now;
    tell(new StatusReport(status()));
  }

  private ApplicationStatus status() {
    return new ApplicationStatus(
        spec.id(),
        epoch,
        state,
        startedAt,
        endedAt,
        rates == null ? List.of() : rates.statuses(),
        rates == null ? List.of() : rates.edges(),
        plan == null ? "" : plan.toDagText(),
        plan == null ? null : plan.fingerprint(),
        failure,
        checkpointStatus(),
        rates == null ? HealthStatus.NONE : rates.health());
  }

  private CheckpointStatus checkpointStatus() {
    long from = restored == null ? 0 : restored.checkpoint();
    return new CheckpointStatus(
        Math.max(from, checkpoints.committed()),
        checkpoints.committedAt(),
        checkpoints.duration().toMillis(),
        checkpoints.bytes(),
        checkpoints.completed(),
        checkpoints.failed(),
        checkpoints.problem(),
        from,
        recovery.total(),
        restartedFor == null ? null : restartedFor.message());
  }

  private boolean known(String executorId, long ofEpoch) {
    return ofEpoch == epoch && executors.containsKey(executorId);
  }

  private List<ExecutorEntry> live() {
    return executors.values().stream().filter(each -> !each.is(Step.GONE)).toList();
  }

  private List<ExecutorEntry> used() {
    return live().stream().filter(each -> !each.slices().isEmpty()).toList();
  }

  private List<AppMasterDecision> drain() {
    List<AppMasterDecision> decisions = List.copyOf(out);
    out.clear();
    return decisions;
  }

  private Failure late(String code, String what, Duration limit) {
    return Failure.of(
        code,
        "%s did not %s within %d s".formatted(spec.id(), what, limit.toSeconds()),
        "see the log of the node");
  }

  private static Failure rejected(Placement placement) {
    return Failure.of(
        "slots-rejected",
        "scheduler %s refused slice %d: %s"
            .formatted(placement.scheduler(), placement.slice(), placement.reason()),
        "lower the parallelism, or add workers");
  }

  private static Failure lost(ExecutorTerminated gone) {
    return Failure.of(
        LOST,
        "executor %s on worker %s is gone: %s"
            .formatted(gone.executorId(), gone.workerId(), gone.reason()),
        "see the log of that worker's node, then submit again");
  }
}
