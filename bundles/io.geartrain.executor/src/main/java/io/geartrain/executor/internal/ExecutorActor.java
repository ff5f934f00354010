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
import io.geartrain.executor.internal.ExecutorDecision.Install;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.Failure;
import io.geartrain.spi.ApplicationBundles;
import io.geartrain.spi.CheckpointStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Lets an {@link ApplicationExecutor} take part in the actor system: owns the definition's thread,
 * the actors of the tasks, their timers and dispatcher, and the pinned revision of the application.
 * Its own actor thread.
 */
final class ExecutorActor extends AbstractActorWithTimers {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int UPLOADS = 2;

  private final ActorRuntime runtime;
  private final LaunchExecutor launch;
  private final ApplicationBundles bundles;
  private final TaskDispatchers dispatchers;
  private final ActorRef appMaster;

  private final PinHolder pin = new PinHolder();
  private final ApplicationExecutor executor;
  private final ExecutorService uploads;
  private final TaskTimers timers;
  private final Map<ActorRef, String> taskOf = new HashMap<>();
  private DefinitionThread definition;
  private final CheckpointStore checkpoints;
  private TaskDispatchers.Lease lease;

  private ExecutorActor(
      RoleContext context,
      ApplicationBundles bundles,
      TaskDispatchers dispatchers,
      CheckpointStore checkpoints,
      Duration stallAfter,
      Clock clock) {
    this.runtime = context.runtime();
    this.launch = (LaunchExecutor) context.launch();
    this.bundles = bundles;
    this.dispatchers = dispatchers;
    this.checkpoints = checkpoints;
    this.appMaster = runtime.resolve(launch.appMasterAddress());
    this.timers = new TaskTimers(launch.spec().id());
    this.uploads =
        Executors.newFixedThreadPool(
            UPLOADS,
            work -> {
              Thread made = new Thread(work, "gear-upload-" + launch.spec().id());
              made.setDaemon(true);
              return made;
            });
    ActorRef me = getSelf();
    this.executor =
        new ApplicationExecutor(
            launch,
            new ApplicationExecutor.Surroundings(
                checkpoints,
                uploads,
                timers,
                ChannelSizes.DEFAULT,
                stallAfter,
                System::nanoTime,
                clock),
            new ToActors(),
            progress -> me.tell(new Progressed(progress), ActorRef.noSender()));
  }

  /**
   * The executor of one application on this worker.
   *
   * @param context with a {@link LaunchExecutor}
   * @param stallAfter how long a task may stay in one turn before it is reported
   */
  static Props props(
      RoleContext context,
      ApplicationBundles bundles,
      TaskDispatchers dispatchers,
      CheckpointStore checkpoints,
      Duration stallAfter,
      Clock clock) {
    return Props.create(
            ExecutorActor.class,
            () -> new ExecutorActor(context, bundles, dispatchers, checkpoints, stallAfter, clock))
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
    executor.cancel();
    timers.schedule(ExecutorState.GRACE.toNanos(), executor::interrupt);
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
        .match(Tick.class, tick -> executor.tick())
        .match(AppMasterToExecutor.class, executor::on)
        .match(Progressed.class, m -> executor.on(m.progress()))
        .match(TaskActor.Ended.class, m -> executor.onEnded(m.taskId()))
        .match(Defined.class, m -> executor.onDefined())
        .match(PlanMade.class, m -> executor.onPlanned(m.plan()))
        .match(NoPlan.class, m -> executor.onNoPlan(m.failure()))
        .match(Pinned.class, m -> onPinned(m.install()))
        .match(NotPinned.class, m -> executor.onNotPinned(m.why()))
        .match(Terminated.class, this::onTerminated)
        .build();
  }

  private void onTerminated(Terminated message) {
    if (message.getActor().equals(appMaster)) {
      executor.onAppMasterGone();
      return;
    }
    String task = taskOf.remove(message.getActor());
    if (task != null) {
      executor.onLost(task);
    }
  }

  private void onPinned(Install install) {
    ClassLoader loader = pin.classLoader().orElseThrow();
    executor.onPinned(install, new Definition(launch.spec(), loader), loader);
  }

  private final class ToActors implements ApplicationExecutor.Outside {
    @Override
    public void tell(ExecutorToAppMaster message) {
      appMaster.tell(message, getSelf());
    }

    @Override
    public void define(int defaultParallelism) {
      definition =
          new DefinitionThread(
              launch.spec(),
              defaultParallelism,
              bundles,
              new LeftSplits(launch.epoch() == 1 ? launch.spec().from() : null, checkpoints),
              pin,
              new ToActor(getSelf()));
    }

    @Override
    public Failure giveUpDefinition(long timeoutMs) {
      return definition.giveUp(timeoutMs);
    }

    @Override
    public void pin(Install install) {
      if (pin.classLoader().isPresent()) {
        onPinned(install);
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
                  me.tell(new NotPinned(e), ActorRef.noSender());
                }
              },
              "gear-pin-" + launch.spec().id());
      pinner.setDaemon(true);
      pinner.start();
    }

    @Override
    public void run(Collection<TaskTurn> tasks) {
      lease = dispatchers.acquire(runtime.system());
      for (TaskTurn turn : tasks) {
        String dispatcher = turn.task().isBlocking() ? GearDispatchers.BLOCKING_TASKS : lease.id();
        ActorRef actor =
            getContext().actorOf(TaskActor.props(turn, dispatcher), "task-" + taskOf.size());
        TaskActor.connect(turn.task(), actor);
        taskOf.put(getContext().watch(actor), turn.task().id());
      }
    }

    @Override
    public void terminate() {
      getContext().stop(getSelf());
    }
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

  private record NotPinned(Throwable why) implements NoSerializationVerificationNeeded {}

  private record Progressed(ApplicationExecutor.Progress progress)
      implements NoSerializationVerificationNeeded {}
}
