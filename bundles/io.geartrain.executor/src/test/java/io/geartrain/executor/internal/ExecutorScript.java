package io.geartrain.executor.internal;

import akka.actor.ActorRef;
import akka.testkit.javadsl.TestKit;
import io.geartrain.actor.RoleContext;
import io.geartrain.executor.apps.Results;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.StopTasks;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.StartFrom;
import io.geartrain.spi.BundleDescription;
import io.geartrain.state.MemoryCheckpointStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests let the actor of an executor go through. */
abstract class ExecutorScript {
  static final Duration LIMIT = Duration.ofSeconds(20);

  final TestRuntime runtime = TestRuntime.start();
  final FakeBundles bundles = new FakeBundles();
  final TestKit appMaster = new TestKit(runtime.system());
  final TestKit watcher = new TestKit(runtime.system());
  final TaskDispatchers dispatchers = new TaskDispatchers();
  final MemoryCheckpointStore checkpoints = new MemoryCheckpointStore();
  ActorRef executor;

  @BeforeEach
  void clear() {
    Results.clear();
  }

  @AfterEach
  void stop() {
    Results.endLoop = true;
    TestKit.shutdownActorSystem(runtime.system());
  }

  static List<String> threads(String part) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(part))
        .toList();
  }

  /** Plans an application, and starts all its tasks. */
  ExecutionPlan start(Class<?> app, Map<String, String> settings) {
    launch(app, settings);
    ExecutionPlan plan = plan();
    install(plan);
    tell(new StartTasks(1));
    return plan;
  }

  void launch(Class<?> app, Map<String, String> settings) {
    launch(app, settings, FakeBundles.BUNDLE);
  }

  void launch(Class<?> app, Map<String, String> settings, BundleDescription bundle) {
    launch(app, settings, bundle, null, 1);
  }

  void launch(Class<?> app, Map<String, String> settings, StartFrom from, long epoch) {
    launch(app, settings, FakeBundles.BUNDLE, from, epoch);
  }

  void launch(
      Class<?> app,
      Map<String, String> settings,
      BundleDescription bundle,
      StartFrom from,
      long epoch) {
    ApplicationSpec spec =
        new ApplicationSpec(
            "app-1a2b",
            "app",
            bundle,
            app.getName(),
            new HashMap<>(settings),
            null,
            "admin",
            Instant.EPOCH,
            from);
    LaunchExecutor launch =
        new LaunchExecutor("x0", spec, epoch, runtime.addressOf(appMaster.getRef()));
    executor =
        runtime
            .system()
            .actorOf(
                ExecutorActor.props(
                    new RoleContext(runtime, launch, appMaster.getRef()),
                    bundles,
                    dispatchers,
                    checkpoints,
                    Duration.ofMillis(200),
                    Clock.systemUTC()));
  }

  /** Publishes the output of tasks that have come to their end. */
  void commitLast() {
    tell(new CommitCheckpoint(1, 0, true));
    next(CheckpointCommitted.class);
  }

  ExecutionPlan plan() {
    return plan(1);
  }

  ExecutionPlan plan(long epoch) {
    tell(new PlanApplication(epoch, 1, 10_000));
    return next(Planned.class).plan();
  }

  Failure planningFails() {
    tell(new PlanApplication(1, 1, 10_000));
    return next(PlanningFailed.class).failure();
  }

  void install(ExecutionPlan plan) {
    tell(new InstallPlan(1, 1, plan, IntStream.range(0, plan.slots()).boxed().toList()));
    next(PlanInstalled.class);
  }

  void stopTasks() {
    tell(new StopTasks(1));
    next(TasksStopped.class);
  }

  void end() {
    watcher.watch(executor);
    runtime.system().stop(executor);
    watcher.expectTerminated(LIMIT, executor);
  }

  void tell(Object message) {
    executor.tell(message, appMaster.getRef());
  }

  /** One message for each task of the plan. */
  <T> List<T> nextOfEach(ExecutionPlan plan, Class<T> type) {
    List<T> messages = new ArrayList<>();
    for (int i = 0; i < plan.tasks(); i++) {
      messages.add(next(type));
    }
    return messages;
  }

  <T> T next(Class<T> type) {
    return type.cast(
        appMaster.fishForMessage(
            LIMIT,
            type.getSimpleName(),
            m -> {
              if (m instanceof PlanningFailed failed && type != PlanningFailed.class) {
                throw new AssertionError(failed.failure().toString());
              }
              return type.isInstance(m);
            }));
  }
}
