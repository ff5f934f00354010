package io.geartrain.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.ActorRef;
import akka.testkit.javadsl.TestKit;
import io.geartrain.actor.RoleContext;
import io.geartrain.executor.apps.Apps;
import io.geartrain.executor.apps.Results;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.ReleaseTasks;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.StopTasks;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.OutputPublished;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TaskMoved;
import io.geartrain.protocol.ExecutorToAppMaster.TaskStalled;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.Stall;
import io.geartrain.protocol.StartFrom;
import io.geartrain.spi.BundleDescription;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecutorActorTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final TestRuntime runtime = TestRuntime.start();
  private final FakeBundles bundles = new FakeBundles();
  private final TestKit appMaster = new TestKit(runtime.system());
  private final TestKit watcher = new TestKit(runtime.system());
  private final TaskDispatchers dispatchers = new TaskDispatchers();
  private final MemoryCheckpointStore checkpoints = new MemoryCheckpointStore();
  private ActorRef executor;

  @BeforeEach
  void clear() {
    Results.clear();
  }

  @AfterEach
  void stop() {
    Results.endLoop = true;
    TestKit.shutdownActorSystem(runtime.system());
  }

  @Test
  void shouldRunAnApplicationFromItsDefinitionToItsEnd() {
    launch(Apps.Counting.class, Map.of("parallelism", "2", "numbers", "100000"));
    ExecutionPlan plan = plan();
    assertThat(plan.slots()).isEqualTo(2);

    install(plan);
    tell(new StartTasks(1));

    nextOfEach(plan, TaskFinished.class);
    commitLast();
    assertThat(Results.PUBLISHED).hasSize(100_000).contains("Keyed[key=7, value=10000]");
    assertThat(bundles.held).hasValue(1);
    end();
    assertThat(bundles.held).hasValue(0);
  }

  @Test
  void shouldReportTheLastCountersBeforeTheLastTaskIsDone() {
    ExecutionPlan plan = start(Apps.Counting.class, Map.of("numbers", "1000"));

    MetricsReport last = next(MetricsReport.class);

    assertThat(
            last.tasks().stream()
                .flatMap(task -> task.processors().stream())
                .filter(step -> step.processorId().equals("out"))
                .mapToLong(step -> step.recordsIn())
                .sum())
        .isEqualTo(1_000);
  }

  @Test
  void shouldTellWhereATaskLoopsWhileItRuns() throws Exception {
    start(Apps.Trapped.class, Map.of("trap", "loop"));

    Stall stall = next(TaskStalled.class).stall();

    assertThat(stall.task()).isEqualTo("trap/0");
    assertThat(stall.place()).contains("Apps.loop(Apps.java:");
    assertThat(stall.stackTrace()).contains("Apps.spring(Apps.java:");
    Results.endLoop = true;
    assertThat(next(TaskMoved.class).taskId()).isEqualTo("trap/0");
    stopTasks();
  }

  /** All threads of the application's dispatcher would wait in the step that blocks. */
  @Test
  void shouldLetOtherTasksRunWhileAStepBlocksThatSaysSo() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    Results.blocked = new CountDownLatch(cores);
    launch(Apps.Waiting.class, Map.of("parallelism", "" + cores));
    ExecutionPlan plan = plan();
    assertThat(plan.toDagText()).contains("wait ×" + cores + " (blocking)");
    install(plan);
    tell(new StartTasks(1));
    assertThat(Results.blocked.await(20, TimeUnit.SECONDS)).isTrue();

    await().atMost(LIMIT).until(() -> Results.PASSED.get() == 1_000 * cores);
    Results.unblock.countDown();

    nextOfEach(plan, TaskFinished.class);
  }

  @Test
  void shouldTellTheUsersMessageAndPlaceWhenDefineThrows() {
    launch(Apps.Throwing.class, Map.of());

    Failure failure = planningFails();

    assertThat(failure.code()).isEqualTo("definition-failed");
    assertThat(failure.message()).contains("no luck", "Apps$Throwing");
    assertThat(failure.hint()).contains("Apps$Throwing.define(Apps.java:");
    assertThat(failure.stackTrace()).contains("IllegalStateException");
    end();
    assertThat(bundles.held).hasValue(0);
  }

  @Test
  void shouldSurviveALinkageErrorInDefine() {
    launch(Apps.Unlinked.class, Map.of());

    assertThat(planningFails().message()).contains("NoClassDefFoundError", "com/example/Missing");
  }

  @Test
  void shouldTellWhereDefineIsStuck() {
    launch(Apps.Hanging.class, Map.of());
    tell(new PlanApplication(1, 1, 300));

    Failure failure = next(PlanningFailed.class).failure();

    assertThat(failure.code()).isEqualTo("definition-timeout");
    assertThat(failure.message()).contains("300 ms", "Apps$Hanging.define(Apps.java:");
    assertThat(failure.stackTrace()).contains("CountDownLatch.await");
    await().untilAsserted(() -> assertThat(bundles.held).hasValue(0));
    assertThat(threads("gear-define")).isEmpty();
  }

  @Test
  void shouldNameTheFirstDifferenceOfTwoDefinitions() {
    launch(Apps.Fickle.class, Map.of());

    Failure failure = planningFails();

    assertThat(failure.code()).isEqualTo("definition-differs");
    assertThat(failure.message()).contains("numbers1", "numbers2");
  }

  @Test
  void shouldNameTheFileThatASourceCannotRead() {
    launch(Apps.Unreadable.class, Map.of());

    Failure failure = planningFails();

    assertThat(failure.code()).isEqualTo("definition-failed");
    assertThat(failure.message()).contains("'lines'", "/no/such/file");
  }

  @Test
  void shouldRefuseAClassThatIsNoApplication() {
    launch(Apps.NoApplication.class, Map.of());

    assertThat(planningFails().message()).contains("does not implement", "com.example.apps 1.0.0");
  }

  @Test
  void shouldTellOfABundleThatIsNotThere() {
    BundleDescription unknown = new BundleDescription("b", "1.0.0", "00".repeat(32), List.of());
    launch(Apps.Counting.class, Map.of(), unknown);

    assertThat(planningFails().code()).isEqualTo("unknown-bundle");
  }

  @Test
  void shouldFailWithTheRecordWhenAFunctionThrows() {
    Failure failure = trap("throw");

    assertThat(failure.code()).isEqualTo("task-failed");
    assertThat(failure.processor()).isEqualTo("trap");
    assertThat(failure.task()).isEqualTo("trap/0");
    assertThat(failure.value()).isEqualTo("37");
    assertThat(failure.timestamp()).isEqualTo(37L);
    assertThat(failure.message()).contains("bad number");
    assertThat(failure.stackTrace()).contains("Apps.java");
    stopTasks();
    assertThat(Results.PUBLISHED).isEmpty();
    assertThat(Results.CLOSED).containsExactly("out/0");
  }

  @Test
  void shouldTellTheFailureOfAValueThatHasNoText() {
    Failure failure = trap("value");

    assertThat(failure.processor()).isEqualTo("trap");
    assertThat(failure.message()).contains("unprintable value");
    assertThat(failure.value()).contains("Unprintable");
  }

  @Test
  void shouldSurviveErrorsThatAkkaTakesAsFatal() {
    assertThat(trap("linkage").message()).contains("com/example/Missing");
    end();
    Results.clear();
    assertThat(trap("overflow").message()).contains("StackOverflowError");
    end();
    Results.clear();
    assertThat(trap("text").processor()).isEqualTo("trap");

    assertThat(runtime.system().whenTerminated().isCompleted()).isFalse();
  }

  @Test
  void shouldStopTasksThatWouldRunForEver() {
    ExecutionPlan plan = start(Apps.Endless.class, Map.of());
    next(MetricsReport.class);

    stopTasks();

    assertThat(Results.PUBLISHED).isEmpty();
    assertThat(Results.CLOSED).containsExactly("out/0");
    end();
  }

  @Test
  void shouldEndWithACheckpointThatTasksWereHeldAfter() {
    ExecutionPlan plan = startSteady();

    tell(new TriggerCheckpoint(1, 1, true));
    nextOfEach(plan, SnapshotTaken.class);
    long held = Results.written;
    assertThat(Results.PUBLISHED).isEmpty();
    tell(new CommitCheckpoint(1, 1, true));

    assertThat(next(CheckpointCommitted.class).checkpoint()).isEqualTo(1);
    assertThat(Results.PUBLISHED).containsExactly("1:" + held);
    assertThat(Results.written).as("nothing is processed any more").isEqualTo(held);
    stopTasks();
    end();
  }

  @Test
  void shouldLetHeldTasksGoOnAndTellWhatIsPublished() {
    ExecutionPlan plan = startSteady();
    tell(new TriggerCheckpoint(1, 1, true));
    nextOfEach(plan, SnapshotTaken.class);
    long held = Results.written;

    tell(new ReleaseTasks(1, 1));
    await().atMost(LIMIT).until(() -> Results.written > held);
    tell(new CommitCheckpoint(1, 1, false));

    assertThat(next(OutputPublished.class).checkpoint()).isEqualTo(1);
    assertThat(Results.PUBLISHED).containsExactly("1:" + held);
    stopTasks();
    end();
  }

  @Test
  void shouldOnlyPublishWhatACheckpointHeld() throws IOException {
    ExecutionPlan plan = startSteady();
    saveCheckpoint(plan);
    long held = Results.written;
    stopTasks();
    end();

    launch(Apps.Steady.class, Map.of());
    assertThat(plan().fingerprint()).isEqualTo(plan.fingerprint());
    Restore restore = new Restore("app-1a2b", 7, Manifest.name(7, 1), List.of(), true);
    tell(new InstallPlan(1, 1, plan, List.of(0), restore));
    next(PlanInstalled.class);
    tell(new StartTasks(1));
    nextOfEach(plan, TaskFinished.class);
    tell(new CommitCheckpoint(1, 7, true));
    next(CheckpointCommitted.class);

    assertThat(Results.PUBLISHED).containsExactly("7:" + held);
    assertThat(Results.written).as("nothing is processed").isEqualTo(held);
    end();
  }

  @Test
  void shouldAskSourcesWhetherTheyCanGoOn() throws IOException {
    ExecutionPlan plan = start(Apps.Steady.class, Map.of());
    saveCheckpoint(plan);
    stopTasks();
    end();
    StartFrom from =
        new StartFrom("app-1a2b", 7, Manifest.name(7, 1), true, List.of(), false, null);

    launch(Apps.Counting.class, Map.of("numbers", "100"), from, 1);
    plan();
    assertThat(Results.LEFT.toString()).contains("SourceSplit[id=all");
    end();
    launch(Apps.Counting.class, Map.of("numbers", "0"), from, 1);
    Failure refused = planningFails();
    assertThat(refused.message())
        .contains(
            "source 'numbers' can't go on where the savepoint has left off: no number is left");
    end();
    launch(Apps.Counting.class, Map.of("numbers", "0"), from, 2);
    plan(2);
    end();
  }

  @Test
  void shouldStopTasksThatWereNotStarted() {
    launch(Apps.Endless.class, Map.of());
    install(plan());

    stopTasks();
    end();

    assertThat(bundles.held).hasValue(0);
  }

  @Test
  void shouldInterruptAFunctionThatBlocks() throws Exception {
    run("block");
    assertThat(Results.trapped.await(20, TimeUnit.SECONDS)).isTrue();

    stopTasks();

    assertThat(Results.PUBLISHED).isEmpty();
    end();
  }

  @Test
  void shouldTellOfAFunctionThatHeedsNoInterruptAndLetOthersRun() throws Exception {
    run("loop");
    assertThat(Results.trapped.await(20, TimeUnit.SECONDS)).isTrue();

    tell(new StopTasks(1));

    Failure failure = next(TaskFailed.class).failure();
    assertThat(failure.code()).isEqualTo("task-stuck");
    assertThat(failure.task()).isEqualTo("trap/0");
    assertThat(failure.message()).contains("Apps.loop(Apps.java:");
    next(TasksStopped.class);
    ExecutionPlan plan = start(Apps.Counting.class, Map.of());
    next(TaskFinished.class);
    Results.endLoop = true;
  }

  @Test
  void shouldInterruptABlockedTaskWhenItIsStoppedFromOutside() throws Exception {
    run("block");
    assertThat(Results.trapped.await(20, TimeUnit.SECONDS)).isTrue();

    end();

    assertThat(bundles.held).hasValue(0);
    assertThat(Results.PUBLISHED).isEmpty();
  }

  @Test
  void shouldEndWithItsAppMaster() {
    start(Apps.Endless.class, Map.of());
    watcher.watch(executor);

    runtime.system().stop(appMaster.getRef());

    watcher.expectTerminated(LIMIT, executor);
    assertThat(bundles.held).hasValue(0);
  }

  @Test
  void shouldRefuseOlderEpochs() {
    launch(Apps.Counting.class, Map.of());

    tell(new PlanApplication(0, 1, 1_000));
    tell(new StopTasks(1));

    assertThat(appMaster.expectMsgClass(LIMIT, TasksStopped.class).epoch()).isEqualTo(1);
  }

  @Test
  void shouldRefuseToRunOnlyAPartOfTheSlices() {
    launch(Apps.Counting.class, Map.of("parallelism", "2"));
    ExecutionPlan plan = plan();

    tell(new InstallPlan(1, 1, plan, List.of(0)));

    Failure failure = next(TaskFailed.class).failure();
    assertThat(failure.code()).isEqualTo("slices-apart");
    assertThat(failure.hint()).contains("pack");
  }

  @Test
  void shouldLeaveNoThreadAndNoClassLoaderBehind() {
    for (String trap : List.of("throw", "linkage", "overflow")) {
      trap(trap);
      stopTasks();
      end();
      Results.clear();
    }
    ExecutionPlan plan = start(Apps.Counting.class, Map.of("parallelism", "2"));
    nextOfEach(plan, TaskFinished.class);
    commitLast();
    end();
    executor = null;

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(threads("gear.tasks-")).isEmpty();
              assertThat(threads("gear-")).isEmpty();
            });
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(bundles.loaders).isNotEmpty().allMatch(loader -> loader.get() == null);
            });
  }

  private static List<String> threads(String part) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(part))
        .toList();
  }

  /** Plans an application, and starts all its tasks. */
  private ExecutionPlan start(Class<?> app, Map<String, String> settings) {
    launch(app, settings);
    ExecutionPlan plan = plan();
    install(plan);
    tell(new StartTasks(1));
    return plan;
  }

  /** The same of one without an end that has written something. */
  private ExecutionPlan startSteady() {
    ExecutionPlan plan = start(Apps.Steady.class, Map.of());
    await().atMost(LIMIT).until(() -> Results.written > 1_000);
    return plan;
  }

  /** Has checkpoint 7 taken, which holds the tasks, and stores it. */
  private void saveCheckpoint(ExecutionPlan plan) throws IOException {
    tell(new TriggerCheckpoint(1, 7, true));
    List<Manifest.TaskFile> parts = new ArrayList<>();
    for (SnapshotTaken taken : nextOfEach(plan, SnapshotTaken.class)) {
      Part part = taken.part();
      parts.add(new Manifest.TaskFile(part.task(), part.steps(), part.file(), part.content()));
    }
    new Manifest("app-1a2b", 7, 1, 1, plan.fingerprint(), 0, true, parts).save(checkpoints);
  }

  private Failure trap(String kind) {
    run(kind);
    return next(TaskFailed.class).failure();
  }

  private void run(String trap) {
    start(Apps.Trapped.class, Map.of("trap", trap));
  }

  private void launch(Class<?> app, Map<String, String> settings) {
    launch(app, settings, FakeBundles.BUNDLE);
  }

  private void launch(Class<?> app, Map<String, String> settings, BundleDescription bundle) {
    launch(app, settings, bundle, null, 1);
  }

  private void launch(Class<?> app, Map<String, String> settings, StartFrom from, long epoch) {
    launch(app, settings, FakeBundles.BUNDLE, from, epoch);
  }

  private void launch(
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
  private void commitLast() {
    tell(new CommitCheckpoint(1, 0, true));
    next(CheckpointCommitted.class);
  }

  private ExecutionPlan plan() {
    return plan(1);
  }

  private ExecutionPlan plan(long epoch) {
    tell(new PlanApplication(epoch, 1, 10_000));
    return next(Planned.class).plan();
  }

  private Failure planningFails() {
    tell(new PlanApplication(1, 1, 10_000));
    return next(PlanningFailed.class).failure();
  }

  private void install(ExecutionPlan plan) {
    tell(new InstallPlan(1, 1, plan, IntStream.range(0, plan.slots()).boxed().toList()));
    next(PlanInstalled.class);
  }

  private void stopTasks() {
    tell(new StopTasks(1));
    next(TasksStopped.class);
  }

  private void end() {
    watcher.watch(executor);
    runtime.system().stop(executor);
    watcher.expectTerminated(LIMIT, executor);
  }

  private void tell(Object message) {
    executor.tell(message, appMaster.getRef());
  }

  /** One message for each task of the plan. */
  private <T> List<T> nextOfEach(ExecutionPlan plan, Class<T> type) {
    List<T> messages = new ArrayList<>();
    for (int i = 0; i < plan.tasks(); i++) {
      messages.add(next(type));
    }
    return messages;
  }

  private <T> T next(Class<T> type) {
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
