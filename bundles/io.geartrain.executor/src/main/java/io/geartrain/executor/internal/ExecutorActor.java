package io.geartrain.executor.internal;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorRef;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.Props;
import akka.actor.SupervisorStrategy;
import akka.actor.Terminated;
import io.geartrain.actor.ActorRuntime;
import io.geartrain.actor.GearDispatchers;
import io.geartrain.actor.RoleContext;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.execution.Checkpointing;
import io.geartrain.execution.ExecutionBuilder;
import io.geartrain.execution.RestoreFrom;
import io.geartrain.execution.RunContext;
import io.geartrain.execution.Task;
import io.geartrain.executor.internal.ExecutorDecision.Cancel;
import io.geartrain.executor.internal.ExecutorDecision.Checkpoint;
import io.geartrain.executor.internal.ExecutorDecision.Commit;
import io.geartrain.executor.internal.ExecutorDecision.Define;
import io.geartrain.executor.internal.ExecutorDecision.GiveUpDefinition;
import io.geartrain.executor.internal.ExecutorDecision.Install;
import io.geartrain.executor.internal.ExecutorDecision.Interrupt;
import io.geartrain.executor.internal.ExecutorDecision.Start;
import io.geartrain.executor.internal.ExecutorDecision.Tell;
import io.geartrain.executor.internal.ExecutorDecision.TellMetrics;
import io.geartrain.executor.internal.ExecutorDecision.TellStuck;
import io.geartrain.executor.internal.ExecutorDecision.Terminate;
import io.geartrain.executor.internal.RunningTasks.Outcome;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.Failure;
import io.geartrain.spi.ApplicationBundles;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.Manifest;
import io.geartrain.state.StateException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link ExecutorState} decides: owns the definition's thread, the actors of the
 * tasks, their timers and dispatcher, and the pinned revision of the application. Its own actor
 * thread.
 */
final class ExecutorActor extends AbstractActorWithTimers {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorActor.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int PLAN_VERSION = 1;
  private static final int UPLOADS = 2;

  private final ActorRuntime runtime;
  private final LaunchExecutor launch;
  private final ApplicationBundles bundles;
  private final TaskDispatchers dispatchers;
  private final Clock clock;
  private final ActorRef appMaster;
  private final ExecutorState state;

  private final PinHolder pin = new PinHolder();
  private final RunningTasks tasks;
  private final CheckpointStore checkpoints;
  private final ExecutorService uploads;
  private final TaskTimers timers;
  private final Map<ActorRef, String> taskOf = new HashMap<>();
  private DefinitionThread definition;
  private TaskDispatchers.Lease lease;

  private ExecutorActor(
      RoleContext context,
      ApplicationBundles bundles,
      TaskDispatchers dispatchers,
      CheckpointStore checkpoints,
      Clock clock) {
    this.runtime = context.runtime();
    this.launch = (LaunchExecutor) context.launch();
    this.bundles = bundles;
    this.dispatchers = dispatchers;
    this.clock = clock;
    this.appMaster = runtime.resolve(launch.appMasterAddress());
    this.state = new ExecutorState(launch.executorId(), launch.epoch());
    this.timers = new TaskTimers(launch.spec().id());
    this.tasks = new RunningTasks(new ProgressToActor(getSelf(), launch));
    this.checkpoints = checkpoints;
    this.uploads =
        Executors.newFixedThreadPool(
            UPLOADS,
            work -> {
              Thread made = new Thread(work, "gear-upload-" + launch.spec().id());
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * The executor of one application on this worker.
   *
   * @param context with a {@link LaunchExecutor}
   */
  static Props props(
      RoleContext context,
      ApplicationBundles bundles,
      TaskDispatchers dispatchers,
      CheckpointStore checkpoints,
      Clock clock) {
    return Props.create(
            ExecutorActor.class,
            () -> new ExecutorActor(context, bundles, dispatchers, checkpoints, clock))
        .withDispatcher(GearDispatchers.CONTROL);
  }

  @Override
  public SupervisorStrategy supervisorStrategy() {
    return SupervisorStrategy.stoppingStrategy();
  }

  @Override
  public void preStart() {
    getContext().watch(appMaster);
    getContext().actorOf(StopSentinel.props(this::onBeingStopped), "sentinel");
    getTimers().startTimerWithFixedDelay(Tick.TICK, Tick.TICK, TICK);
  }

  /** On another thread, while a task may hold its own: all that is touched is thread-safe. */
  private void onBeingStopped() {
    tasks.cancel();
    timers.schedule(ExecutorState.GRACE.toNanos(), () -> tasks.interrupt(tasks.ids()));
  }

  @Override
  public void postStop() {
    if (definition != null) {
      definition.abandon();
    }
    timers.close();
    uploads.shutdown();
    pin.close();
    if (lease != null) {
      dispatchers.release(lease);
    }
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Tick.class, tick -> carryOut(state.tick(now())))
        .match(AppMasterToExecutor.class, m -> carryOut(state.on(m, now())))
        .match(TaskActor.Ended.class, m -> onEnded(m.taskId()))
        .match(Defined.class, m -> carryOut(state.onDefined(now())))
        .match(PlanMade.class, m -> carryOut(state.onPlanned(m.plan())))
        .match(NoPlan.class, m -> carryOut(state.onPlanningFailed(m.failure())))
        .match(Pinned.class, m -> build(m.install()))
        .match(Reached.class, m -> carryOut(state.onReached(m.task())))
        .match(PartDone.class, m -> carryOut(state.onPart(m.answer())))
        .match(NotPinned.class, m -> carryOut(state.onInstallFailed(m.failure())))
        .match(Terminated.class, this::onTerminated)
        .build();
  }

  private void onTerminated(Terminated message) {
    if (message.getActor().equals(appMaster)) {
      carryOut(state.onAppMasterGone(now()));
      return;
    }
    String task = taskOf.remove(message.getActor());
    if (task != null) {
      Failure lost = Failure.of("task-failed", "the actor of task " + task + " is gone", null);
      carryOut(state.onFailed(task, lost));
    }
  }

  private void onEnded(String task) {
    Outcome outcome = tasks.outcome(task);
    if (outcome instanceof Outcome.Finished) {
      carryOut(state.onFinished(task));
    } else if (outcome instanceof Outcome.Failed failed) {
      Failure failure = Failures.of(failed.failure());
      LOG.warn("Task {} of {} failed: {}", task, launch.spec().id(), failure.message());
      carryOut(state.onFailed(task, failure));
    } else {
      carryOut(state.onCancelled(task));
    }
  }

  private void carryOut(List<ExecutorDecision> decisions) {
    for (ExecutorDecision decision : decisions) {
      if (decision instanceof Tell tell) {
        tell(tell.message());
      } else if (decision instanceof Define define) {
        define(define.defaultParallelism());
      } else if (decision instanceof GiveUpDefinition giveUp) {
        tell(
            new ExecutorToAppMaster.PlanningFailed(
                launch.executorId(), launch.epoch(), definition.giveUp(giveUp.timeoutMs())));
      } else if (decision instanceof Install install) {
        install(install);
      } else if (decision instanceof Start) {
        tasks.start();
      } else if (decision instanceof Checkpoint checkpoint) {
        tasks.checkpoint(checkpoint.checkpoint());
      } else if (decision instanceof Commit commit) {
        tasks.commit(commit.last() ? Task.FINAL : commit.checkpoint());
      } else if (decision instanceof Cancel) {
        tasks.cancel();
      } else if (decision instanceof Interrupt interrupt) {
        tasks.interrupt(interrupt.tasks());
      } else if (decision instanceof TellStuck stuck) {
        stuck.tasks().stream().sorted().forEach(this::tellStuck);
      } else if (decision instanceof TellMetrics) {
        tell(new MetricsReport(launch.executorId(), launch.epoch(), tasks.metrics()));
      } else if (decision instanceof Terminate) {
        getContext().stop(getSelf());
      }
    }
  }

  private void define(int defaultParallelism) {
    ActorRef me = getSelf();
    definition =
        new DefinitionThread(launch.spec(), defaultParallelism, bundles, pin, new ToActor(me));
  }

  private void install(Install install) {
    if (pin.classLoader().isPresent()) {
      build(install);
      return;
    }
    ActorRef me = getSelf();
    Thread pinner =
        new Thread(
            () -> {
              try {
                pin.offer(bundles.pin(launch.spec().bundle().digest(), launch.spec().id()));
                me.tell(new Pinned(install), ActorRef.noSender());
              } catch (Throwable e) {
                me.tell(
                    new NotPinned(
                        Failures.definition("install-failed", e, null, "see the log of the node")),
                    ActorRef.noSender());
              }
            },
            "gear-pin-" + launch.spec().id());
    pinner.setDaemon(true);
    pinner.start();
  }

  private RestoreFrom restoreFrom(Restore restore) throws IOException {
    return restore == null
        ? null
        : new RestoreFrom(
            Manifest.load(checkpoints, launch.spec().id(), restore.name()), checkpoints);
  }

  private void build(Install install) {
    ExecutionPlan plan = install.plan();
    List<Integer> slices = install.slices();
    if (slices.size() < plan.slots()) {
      carryOut(state.onInstallFailed(apart(plan, slices)));
      return;
    }
    try {
      ClassLoader loader = pin.classLoader().orElseThrow();
      Definition definitionOfTasks = new Definition(launch.spec(), loader);
      tasks.install(
          ExecutionBuilder.build(
              plan,
              definitionOfTasks,
              Set.copyOf(slices),
              new RunContext(
                  launch.spec().id(),
                  definitionOfTasks.settings(),
                  loader,
                  PLAN_VERSION,
                  ChannelSizes.DEFAULT,
                  System::nanoTime,
                  System::currentTimeMillis,
                  timers,
                  tasks),
              new Checkpointing(checkpoints, launch.epoch(), uploads),
              restoreFrom(install.restore())));
    } catch (IOException | StateException e) {
      carryOut(
          state.onInstallFailed(
              Failures.definition(
                  "checkpoint-unreadable", e, null, "bring the files of the checkpoint back")));
      return;
    } catch (RuntimeException | LinkageError e) {
      carryOut(
          state.onInstallFailed(
              Failures.definition("install-failed", e, null, "see the log of the node")));
      return;
    }
    lease = dispatchers.acquire(runtime.system());
    for (Task task : tasks.tasks()) {
      ActorRef actor =
          getContext()
              .actorOf(
                  TaskActor.props(task, tasks.turn(task.id()), lease.id()),
                  "task-" + taskOf.size());
      TaskActor.connect(task, actor);
      taskOf.put(getContext().watch(actor), task.id());
    }
    carryOut(state.onInstalled(tasks.ids(), now()));
  }

  private Failure apart(ExecutionPlan plan, List<Integer> slices) {
    return Failure.of(
        "slices-apart",
        "executor %s has slices %s of %d: the tasks of an application can't exchange records between workers yet"
            .formatted(launch.executorId(), slices, plan.slots()),
        "submit with the scheduler 'pack', or lower the parallelism to what one worker has free");
  }

  private void tellStuck(String task) {
    long seconds = ExecutorState.GRACE.multipliedBy(2).toSeconds();
    Failure failure =
        Failures.stuck(
            "task-stuck",
            task,
            "task %s has not stopped within %d s, though interrupted".formatted(task, seconds),
            tasks.turn(task).stack(),
            pin.classLoader().orElse(null),
            "its thread is lost until the node stops; the code must react to interrupts");
    LOG.error("{} of {}\n{}", failure.message(), launch.spec().id(), failure.stackTrace());
    tell(new TaskFailed(launch.executorId(), launch.epoch(), failure));
  }

  private void tell(ExecutorToAppMaster message) {
    appMaster.tell(message, getSelf());
  }

  private Instant now() {
    return clock.instant();
  }

  /** Brings what happens on the definition's thread to the actor. */
  private record ToActor(ActorRef actor) implements DefinitionThread.Listener {
    @Override
    public void onDefined() {
      actor.tell(new Defined(), ActorRef.noSender());
    }

    @Override
    public void onPlanned(ExecutionPlan plan) {
      actor.tell(new PlanMade(plan), ActorRef.noSender());
    }

    @Override
    public void onFailed(Failure failure) {
      actor.tell(new NoPlan(failure), ActorRef.noSender());
    }
  }

  private enum Tick implements NoSerializationVerificationNeeded {
    TICK
  }

  private record Defined() implements NoSerializationVerificationNeeded {}

  private record PlanMade(ExecutionPlan plan) implements NoSerializationVerificationNeeded {}

  private record NoPlan(Failure failure) implements NoSerializationVerificationNeeded {}

  private record Pinned(Install install) implements NoSerializationVerificationNeeded {}

  private record Reached(String task) implements NoSerializationVerificationNeeded {}

  private record PartDone(ExecutorToAppMaster answer)
      implements NoSerializationVerificationNeeded {}

  /** Lets what tasks tell reach the actor. */
  private record ProgressToActor(ActorRef actor, LaunchExecutor launch)
      implements RunningTasks.Progress {
    @Override
    public void onReached(String taskId) {
      actor.tell(new Reached(taskId), ActorRef.noSender());
    }

    @Override
    public void onSnapshot(long checkpoint, Manifest.TaskFile file) {
      Part part = new Part(file.task(), file.steps(), file.receipt(), file.content());
      tell(new SnapshotTaken(launch.executorId(), launch.epoch(), checkpoint, part));
    }

    @Override
    public void onSnapshotFailed(String taskId, long checkpoint, String problem) {
      tell(new SnapshotFailed(launch.executorId(), launch.epoch(), checkpoint, taskId, problem));
    }

    private void tell(ExecutorToAppMaster answer) {
      actor.tell(new PartDone(answer), ActorRef.noSender());
    }
  }

  private record NotPinned(Failure failure) implements NoSerializationVerificationNeeded {}
}
