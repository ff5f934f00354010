package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.LIMITS;
import static io.geartrain.appmaster.internal.Samples.NOTHING_FOUND;
import static io.geartrain.appmaster.internal.Samples.NO_CHECKPOINTS;
import static io.geartrain.appmaster.internal.Samples.NO_RESTARTS;
import static io.geartrain.appmaster.internal.Samples.SPEC;
import static io.geartrain.appmaster.internal.Samples.T0;
import static io.geartrain.appmaster.internal.Samples.assign;
import static io.geartrain.appmaster.internal.Samples.plan;
import static io.geartrain.appmaster.internal.Samples.rejects;
import static io.geartrain.appmaster.internal.Samples.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.appmaster.internal.AppMasterDecision.TellWorker;
import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.StopTasks;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.AppMasterToWorker.StopExecutor;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorRefused;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppMasterStateTest {
  private static final long EPOCH = 3;
  private static final String X0 = "count-1a2b-3-x0";
  private static final String X1 = "count-1a2b-3-x1";
  private static final Failure BROKEN = Failure.of("task-failed", "it broke", null);

  private final AppMasterState state =
      new AppMasterState(
          SPEC, EPOCH, "me", "address-of-w1", 2, LIMITS, NO_CHECKPOINTS, NO_RESTARTS);
  private final List<AppMasterDecision> all = new ArrayList<>();
  private List<AppMasterDecision> last = List.of();
  private Instant now = T0;

  @Test
  void shouldLaunchAnExecutorOnItsOwnWorkerFirst() {
    then(state.start(now));

    assertThat(last)
        .contains(new TellWorker("address-of-w1", new LaunchExecutor(X0, SPEC, EPOCH, "me")));
    assertThat(reported().state()).isEqualTo(ApplicationState.PLANNING);
  }

  @Test
  void shouldAskTheFirstExecutorForThePlan() {
    launched();

    assertThat(last)
        .containsExactly(new TellExecutor("at-" + X0, new PlanApplication(EPOCH, 2, 10_000)));
  }

  @Test
  void shouldRequestOneSlotForEachSliceOfThePlan() {
    planned(3);

    assertThat(last).contains(new TellMaster(new RequestSlots(SPEC.id(), EPOCH, 3)));
    assertThat(reported().fingerprint()).isEqualTo(plan(3).fingerprint());
    assertThat(reported().dag()).contains("lines");
  }

  @Test
  void shouldReuseThePlanningExecutorWhereItsWorkerIsAssigned() {
    planned(2);

    decided(assign(0, "w1"), assign(1, "w1"));

    assertThat(last)
        .contains(new TellExecutor("at-" + X0, new InstallPlan(EPOCH, 1, plan(2), List.of(0, 1))))
        .noneMatch(TellWorker.class::isInstance);
    assertThat(reported().state()).isEqualTo(ApplicationState.DEPLOYING);
  }

  @Test
  void shouldStopThePlanningExecutorWhereItsWorkerIsNotAssigned() {
    planned(1);

    decided(assign(0, "w2"));
    assertThat(last)
        .contains(
            new TellWorker("address-of-w1", new StopExecutor(X0)),
            new TellWorker("address-of-w2", new LaunchExecutor(X1, SPEC, EPOCH, "me")));

    then(state.on(new ExecutorTerminated(X0, "w1", "asked for"), now));
    assertThat(last).isEmpty();

    then(state.on(new ExecutorLaunched(X1, "w2", "at-" + X1), now));
    assertThat(last)
        .containsExactly(
            new TellExecutor("at-" + X1, new InstallPlan(EPOCH, 1, plan(1), List.of(0))));
  }

  @Test
  void shouldInstallOnlyWhenAllExecutorsAreThere() {
    planned(2);

    decided(assign(0, "w1"), assign(1, "w2"));
    assertThat(last).noneMatch(TellExecutor.class::isInstance);

    then(state.on(new ExecutorLaunched(X1, "w2", "at-" + X1), now));
    assertThat(last)
        .containsExactly(
            new TellExecutor("at-" + X0, new InstallPlan(EPOCH, 1, plan(2), List.of(0))),
            new TellExecutor("at-" + X1, new InstallPlan(EPOCH, 1, plan(2), List.of(1))));
  }

  @Test
  void shouldWaitForSlotsWithoutLimit() {
    planned(2);

    decided(assign(0, "w1"), waits(1));
    assertThat(reported().state()).isEqualTo(ApplicationState.WAITING);

    now = now.plusSeconds(100_000);
    then(state.tick(now));
    assertThat(last).isEmpty();

    decided(assign(0, "w1"), assign(1, "w1"));
    assertThat(reported().state()).isEqualTo(ApplicationState.DEPLOYING);
  }

  @Test
  void shouldFailWhenASliceIsRejected() {
    planned(2);

    decided(assign(0, "w1"), rejects(1));
    terminated(X0);

    assertThat(ended().state()).isEqualTo(ApplicationState.FAILED);
    assertThat(ended().failure().code()).isEqualTo("slots-rejected");
    assertThat(ended().failure().message()).contains("slice 1").contains("no such label");
  }

  @Test
  void shouldStartTasksWhenAllAreInstalled() {
    running(1);

    assertThat(last).contains(new TellExecutor("at-" + X0, new StartTasks(EPOCH)));
    assertThat(reported().state()).isEqualTo(ApplicationState.RUNNING);
    assertThat(reported().startedAt()).isEqualTo(now);
  }

  @Test
  void shouldCompleteWhenEveryTaskHasFinishedAndItsExecutorIsGone() {
    running(2);

    finished("lines/0", "lines/1", "out/0", "out/0");
    assertThat(state.state()).isEqualTo(ApplicationState.RUNNING);

    finished("out/1");
    assertThat(last)
        .containsExactly(new TellExecutor("at-" + X0, new CommitCheckpoint(EPOCH, 0, true)));
    assertThat(state.state()).isEqualTo(ApplicationState.RUNNING);

    from(new CheckpointCommitted(X0, EPOCH, 0));
    assertThat(last).contains(new TellWorker("address-of-w1", new StopExecutor(X0)));
    assertThat(all).noneMatch(d -> d.equals(new TellExecutor("at-" + X0, new StopTasks(EPOCH))));

    terminated(X0);
    assertThat(ended().state()).isEqualTo(ApplicationState.COMPLETED);
    assertThat(ended().failure()).isNull();
    assertThat(ended().endedAt()).isEqualTo(now);
  }

  @Test
  void shouldStopAllOthersWhenATaskFails() {
    running(2, "w1", "w2");

    from(new TaskFailed(X1, EPOCH, BROKEN));
    assertThat(last)
        .contains(
            new TellExecutor("at-" + X0, new StopTasks(EPOCH)),
            new TellExecutor("at-" + X1, new StopTasks(EPOCH)));

    from(new TaskFailed(X0, EPOCH, Failure.of("task-failed", "second", null)));
    from(new TasksStopped(X0, EPOCH));
    from(new TasksStopped(X1, EPOCH));
    terminated(X0);
    terminated(X1);

    assertThat(ended().state()).isEqualTo(ApplicationState.FAILED);
    assertThat(ended().failure()).isEqualTo(BROKEN);
  }

  @Test
  void shouldFailWhenAnExecutorIsLostUnasked() {
    running(2, "w1", "w2");

    then(state.on(new ExecutorTerminated(X0, "w1", "its node left"), now));
    from(new TasksStopped(X1, EPOCH));
    terminated(X1);

    assertThat(ended().state()).isEqualTo(ApplicationState.FAILED);
    assertThat(ended().failure().code()).isEqualTo("executor-lost");
    assertThat(ended().failure().message()).contains(X0, "w1", "its node left");
  }

  @Test
  void shouldFailWhenAnExecutorIsRefused() {
    then(state.start(now));

    then(
        state.on(new ExecutorRefused(X0, "w1", Failure.of("no-executor", "not there", null)), now));

    assertThat(ended().state()).isEqualTo(ApplicationState.FAILED);
    assertThat(ended().failure().code()).isEqualTo("no-executor");
  }

  @Test
  void shouldFailWithTheReasonOfThePlanning() {
    launched();
    Failure why = Failure.of("definition-differs", "step 'a' then 'b'", null);

    from(new PlanningFailed(X0, EPOCH, why));
    terminated(X0);

    assertThat(ended().failure()).isEqualTo(why);
  }

  @Test
  void shouldCancelInEveryPhase() {
    for (int i = 0; i < 6; i++) {
      AppMasterStateTest fresh = new AppMasterStateTest();
      fresh.enter(i);
      fresh.cancel();
      assertThat(fresh.state.state()).as("phase %d", i).isEqualTo(ApplicationState.CANCELLING);
      fresh.from(new TasksStopped(X0, EPOCH));
      fresh.terminated(X0);
      assertThat(fresh.ended().state()).as("phase %d", i).isEqualTo(ApplicationState.CANCELLED);
    }
  }

  @Test
  void shouldTellWhichTaskDidNotStopWhenCancelled() {
    running(1);

    cancel();
    Failure stuck = Failure.of("task-stuck", "task out/0 does not stop", null);
    from(new TaskFailed(X0, EPOCH, stuck));
    from(new TasksStopped(X0, EPOCH));
    terminated(X0);

    assertThat(ended().state()).isEqualTo(ApplicationState.CANCELLED);
    assertThat(ended().failure()).isEqualTo(stuck);
  }

  @Test
  void shouldKeepTheFirstReasonToEnd() {
    running(1);
    from(new TaskFailed(X0, EPOCH, BROKEN));

    cancel();
    from(new TasksStopped(X0, EPOCH));
    terminated(X0);

    assertThat(ended().state()).isEqualTo(ApplicationState.FAILED);
  }

  @Test
  void shouldGiveUpEachPhaseAtItsLimit() {
    List<String> codes =
        List.of("launch-timeout", "definition-timeout", "slots-timeout", "", "install-timeout", "");
    for (int i = 0; i < codes.size(); i++) {
      if (codes.get(i).isEmpty()) {
        continue;
      }
      AppMasterStateTest fresh = new AppMasterStateTest();
      fresh.enter(i);
      for (int second = 0; second < 60; second++) {
        fresh.now = fresh.now.plusSeconds(1);
        fresh.then(fresh.state.tick(fresh.now));
      }
      assertThat(fresh.ended().state()).isEqualTo(ApplicationState.FAILED);
      assertThat(fresh.ended().failure().code()).isEqualTo(codes.get(i));
    }
  }

  @Test
  void shouldEndThoughExecutorsNeverAnswerToStop() {
    running(1);
    cancel();

    now = now.plusSeconds(10);
    then(state.tick(now));
    assertThat(last).contains(new TellWorker("address-of-w1", new StopExecutor(X0)));

    now = now.plusSeconds(10);
    then(state.tick(now));
    assertThat(ended().state()).isEqualTo(ApplicationState.CANCELLED);
    assertThat(ended().failure().code()).isEqualTo("stop-timeout");
  }

  @Test
  void shouldDropMessagesOfOtherEpochsAndUnknownExecutors() {
    running(1);

    from(new TaskFailed(X0, EPOCH - 1, BROKEN));
    from(new TaskFailed("another", EPOCH, BROKEN));

    assertThat(state.state()).isEqualTo(ApplicationState.RUNNING);
    assertThat(last).isEmpty();
  }

  @Test
  void shouldReportRatesOnceASecondWhileRunning() {
    running(1);
    from(new MetricsReport(X0, EPOCH, List.of(metrics("lines/0", "lines", 0, 100, 0))));
    now = now.plusSeconds(1);
    from(new MetricsReport(X0, EPOCH, List.of(metrics("lines/0", "lines", 0, 600, 250_000_000))));

    then(state.tick(now));

    assertThat(last).hasSize(1);
    assertThat(reported().processors().get(0).recordsOut()).isEqualTo(600);
    assertThat(reported().processors().get(0).outPerSecond()).isEqualTo(500.0);
    assertThat(reported().processors().get(0).busyPercent()).isEqualTo(25.0);
    then(state.tick(now.plusMillis(500)));
    assertThat(last).isEmpty();
  }

  @Test
  void shouldKeepTheTotalsAndDropTheRatesAtTheEnd() {
    running(1);
    from(new MetricsReport(X0, EPOCH, List.of(metrics("lines/0", "lines", 0, 100, 0))));
    now = now.plusSeconds(1);
    from(new MetricsReport(X0, EPOCH, List.of(metrics("lines/0", "lines", 0, 600, 0))));
    from(new MetricsReport(X0, EPOCH, List.of(metrics("lines/0", "lines", 0, 601, 0))));

    finished("lines/0", "out/0");
    from(new CheckpointCommitted(X0, EPOCH, 0));
    terminated(X0);

    assertThat(ended().processors().get(0).recordsOut()).isEqualTo(601);
    assertThat(ended().processors().get(0).outPerSecond()).isZero();
  }

  private static TaskMetrics metrics(String task, String step, long in, long out, long busyNanos) {
    return new TaskMetrics(
        task,
        0,
        List.of(new ProcessorMetrics(step, in, out)),
        busyNanos,
        0,
        Long.MIN_VALUE,
        0,
        0,
        0);
  }

  private void enter(int phase) {
    switch (phase) {
      case 0 -> then(state.start(now));
      case 1 -> launched();
      case 2 -> planned(1);
      case 3 -> {
        planned(1);
        decided(waits(0));
      }
      case 4 -> {
        planned(1);
        decided(assign(0, "w1"));
      }
      default -> running(1);
    }
  }

  private void launched() {
    then(state.start(now));
    then(state.on(new ExecutorLaunched(X0, "w1", "at-" + X0), now));
  }

  private void planned(int parallelism) {
    launched();
    from(new Planned(X0, EPOCH, plan(parallelism)));
    assertThat(last).contains(new AppMasterDecision.FindCheckpoint());
    then(state.onFound(NOTHING_FOUND, now));
  }

  private void decided(Placement... placement) {
    then(state.on(new SlotsDecided(SPEC.id(), List.of(placement)), now));
  }

  private void running(int parallelism) {
    planned(parallelism);
    Placement[] placement = new Placement[parallelism];
    for (int i = 0; i < parallelism; i++) {
      placement[i] = assign(i, "w1");
    }
    decided(placement);
    from(new PlanInstalled(X0, EPOCH));
  }

  private void running(int parallelism, String first, String second) {
    planned(parallelism);
    decided(assign(0, first), assign(1, second));
    then(state.on(new ExecutorLaunched(X1, second, "at-" + X1), now));
    from(new PlanInstalled(X0, EPOCH));
    from(new PlanInstalled(X1, EPOCH));
  }

  private void finished(String... tasks) {
    for (String task : tasks) {
      from(new TaskFinished(X0, EPOCH, task));
    }
  }

  private void cancel() {
    then(state.on(new StopApplication(SPEC.id(), "admin"), now));
  }

  private void terminated(String executor) {
    then(state.on(new ExecutorTerminated(executor, "w1", "stopped"), now));
  }

  private void from(ExecutorToAppMaster message) {
    then(state.on(message, now));
  }

  private void then(List<AppMasterDecision> decisions) {
    last = decisions;
    all.addAll(decisions);
  }

  private ApplicationStatus reported() {
    return Samples.lastReport(all);
  }

  private ApplicationStatus ended() {
    assertThat(all).last().isEqualTo(new Terminate());
    return reported();
  }
}
