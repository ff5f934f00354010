package io.geartrain.executor.internal;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.geartrain.executor.apps.Apps;
import io.geartrain.executor.apps.Results;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.StopTasks;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TaskMoved;
import io.geartrain.protocol.ExecutorToAppMaster.TaskStalled;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.Stall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ExecutorActorTest extends ExecutorScript {
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
  void shouldCloseAllStepsThoughOneThrowsWhatDoesNotSayWhatItIs() {
    Logger log = (Logger) LoggerFactory.getLogger("io.geartrain.execution");
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);
    log.setAdditive(false);
    log.setLevel(Level.WARN);
    try {
      nextOfEach(start(Apps.Sulking.class, Map.of()), TaskFinished.class);
      commitLast();
    } finally {
      log.setLevel(null);
      log.setAdditive(true);
      log.detachAppender(said);
    }

    assertThat(Results.PUBLISHED).hasSize(10);
    assertThat(Results.CLOSED).containsExactly("out/0");
    assertThat(said.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement(as(STRING))
        .startsWith("Closing step 'sulk' of task ")
        .contains("Apps$Mute (its stack trace can't be printed");
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

  private Failure trap(String kind) {
    run(kind);
    return next(TaskFailed.class).failure();
  }

  private void run(String trap) {
    start(Apps.Trapped.class, Map.of("trap", trap));
  }
}
