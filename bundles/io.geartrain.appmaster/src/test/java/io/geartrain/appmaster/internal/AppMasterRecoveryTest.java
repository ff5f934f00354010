package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.NOTHING_FOUND;
import static io.geartrain.appmaster.internal.Samples.SPEC;
import static io.geartrain.appmaster.internal.Samples.T0;
import static io.geartrain.appmaster.internal.Samples.assign;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.appmaster.internal.AppMasterDecision.FindCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.TellWorker;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.AuditStatus;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskMoved;
import io.geartrain.protocol.ExecutorToAppMaster.TaskStalled;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.Stall;
import io.geartrain.protocol.StallStatus;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppMasterRecoveryTest extends AppMasterScript {
  @Test
  void shouldRestartFromTheLastCheckpointAfterAFailure() {
    running();
    failed(X0);
    assertThat(last).noneMatch(FindCheckpoint.class::isInstance);

    tick(200);
    assertThat(last).contains(new FindCheckpoint());
    then(state.onFound(found(4), now));
    assertThat(last)
        .contains(new TellWorker("address-of-w1", new LaunchExecutor(X1, SPEC, 1, "me")));
    then(state.on(new ExecutorLaunched(X1, "w1", "at-" + X1), now));
    assertThat(last).contains(restore(4, false));
    from(new PlanInstalled(X1, 1));
    assertThat(reported().startedAt()).isEqualTo(T0);
    assertThat(reported().checkpoints().restarts()).isEqualTo(1);
    assertThat(reported().checkpoints().restoredFrom()).isEqualTo(4);
    assertThat(reported().checkpoints().lastFailure()).isEqualTo("it broke");
    assertThat(tick(10_000)).contains(tell(X1, new TriggerCheckpoint(1, 7)));
  }

  @Test
  void shouldKeepInMindWhatWasLostBeforeARestart() {
    running();
    from(new MetricsReport(X0, 1, List.of(lost("out/0", 90, 3))));
    failed(X0);
    from(new MetricsReport(X0, 1, List.of(lost("out/0", 95, 3))));
    restarted(X1);
    from(new MetricsReport(X1, 1, List.of(lost("out/0", 20, 0))));
    tick(1_000);

    assertThat(reported().health().audit()).isEqualTo(new AuditStatus(110, 3, 0));
  }

  @Test
  void shouldTellOfATaskThatStallsUntilItIsStartedAgain() {
    running();
    Stall stall = new Stall("out/0", T0, "App.loop(App.java:7)", "\tat App.loop(App.java:7)");
    from(new TaskStalled(X0, 1, stall));
    tick(1_000);
    assertThat(reported().health().stalls()).isEqualTo(new StallStatus(1, List.of(stall)));

    failed(X0);
    from(new TaskStalled(X0, 1, stall));
    assertThat(reported().health().stalls()).isEqualTo(StallStatus.NONE);
    restarted(X1);
    tick(1_000);
    assertThat(reported().health().stalls()).isEqualTo(StallStatus.NONE);
  }

  @Test
  void shouldTellOfAStallNoMoreOnceTheTaskGoesOn() {
    running();
    from(new TaskStalled(X0, 1, new Stall("out/0", T0, "", "")));
    from(new TaskStalled(X0, 1, new Stall("lines/0", T0, "", "")));
    from(new TaskMoved(X0, 1, "out/0"));
    tick(1_000);

    assertThat(reported().health().stalls().longest())
        .extracting("task")
        .containsExactly("lines/0");
  }

  private static TaskMetrics lost(String task, long audited, long lost) {
    return new TaskMetrics(
        task,
        0,
        List.of(new ProcessorMetrics("out", 0, 0)),
        0,
        0,
        Long.MIN_VALUE,
        audited,
        lost,
        0);
  }

  @Test
  void shouldTakeNoPartOfAnExecutorOfThePast() {
    running();
    tick(10_000);
    failed(X0);
    restarted(X1);
    tick(10_000);

    part(X0, 7, "lines/0");
    assertThat(part(X0, 7, "out/0")).isEmpty();
    part(X1, 7, "lines/0");
    assertThat(part(X1, 7, "out/0")).hasSize(1);
  }

  /** What it has said may come after the word of its end, which others bring. */
  @Test
  void shouldNotHearAnExecutorThatIsGone() {
    running();
    gone(X0);
    restarted(X1);

    from(new MetricsReport(X0, 1, List.of(lost("out/0", 90, 3))));
    from(new TaskStalled(X0, 1, new Stall("out/0", T0, "", "")));
    from(new TaskFailed(X0, 1, BAD));
    finished(X0);

    assertThat(last).isEmpty();
    tick(1_000);
    assertThat(reported().state()).isEqualTo(ApplicationState.RUNNING);
    assertThat(reported().health().audit()).isEqualTo(new AuditStatus(0, 0, 0));
    assertThat(reported().health().stalls()).isEqualTo(StallStatus.NONE);
    finished(X1);
    assertThat(last).containsExactly(tell(X1, new TriggerCheckpoint(1, 7)));
  }

  /** The store was damaged in between, or did not answer for once. */
  @Test
  void shouldLookAtTheCheckpointAgainWhenAnExecutorCannotReadIt() {
    planned();
    then(state.onFound(found(4), now));
    then(state.on(new SlotsDecided(SPEC.id(), List.of(assign(0, "w1"))), now));
    from(new TaskFailed(X0, 1, Failure.of("restore-failed", "the manifest is damaged", null)));
    from(new TasksStopped(X0, 1));
    gone(X0);
    assertThat(tick(200)).contains(new FindCheckpoint());
    Failure damaged = Failure.of("checkpoint-damaged", "the manifest is damaged", "choose");

    then(state.onSearchFailed(damaged, now));

    assertThat(ended().failure()).isEqualTo(damaged);
  }

  @Test
  void shouldFailWithTheFirstFailureWhenItComesBackTheSame() {
    running();
    failed(X0);
    restarted(X1);
    failed(X1);

    assertThat(ended().state()).isEqualTo(ApplicationState.FAILED);
    assertThat(ended().failure().processor()).isEqualTo("lines");
    assertThat(ended().failure().value()).isEqualTo("bad");
    assertThat(ended().failure().stackTrace()).isEqualTo("trace");
    assertThat(ended().failure().hint()).contains("after 1 restart");
  }

  @Test
  void shouldRestartWhenAnExecutorIsLost() {
    running();

    then(state.on(new ExecutorTerminated(X0, "w1", "killed"), now));
    tick(100);

    assertThat(last).contains(new FindCheckpoint());
  }

  @Test
  void shouldBeginAgainWhenAnExecutorIsLostBeforeTheStart() {
    planned();
    then(state.onFound(NOTHING_FOUND, now));
    then(state.on(new SlotsDecided(SPEC.id(), List.of(assign(0, "w1"))), now));
    assertThat(last.toString()).contains("InstallPlan");
    gone(X0);
    assertThat(last.toString()).doesNotContain("FAILED");

    assertThat(tick(200)).contains(new FindCheckpoint());
    then(state.onFound(NOTHING_FOUND, now));
    assertThat(last)
        .contains(new TellWorker("address-of-w1", new LaunchExecutor(X1, SPEC, 1, "me")));
  }

  @Test
  void shouldPlanAgainWhenTheExecutorIsLostThatPlans() {
    then(state.start(now));
    then(state.on(new ExecutorLaunched(X0, "w1", "at-" + X0), now));
    gone(X0);

    assertThat(tick(200))
        .contains(new TellWorker("address-of-w1", new LaunchExecutor(X1, SPEC, 1, "me")));
    then(state.on(new ExecutorLaunched(X1, "w1", "at-" + X1), now));
    assertThat(last.toString()).contains("PlanApplication");
  }

  @Test
  void shouldNotMindTheLossOfAnExecutorThatHasNothingToDo() {
    planned();
    then(state.onFound(NOTHING_FOUND, now));
    gone(X0);
    assertThat(last).isEmpty();

    then(state.on(new SlotsDecided(SPEC.id(), List.of(assign(0, "w1"))), now));
    assertThat(last)
        .contains(new TellWorker("address-of-w1", new LaunchExecutor(X1, SPEC, 1, "me")));
  }

  @Test
  void shouldNotRestartBesideATaskThatDoesNotStop() {
    running();
    from(new TaskFailed(X0, 1, BAD));
    Failure stuck = Failure.of("task-stuck", "task out/0 does not stop", null);
    from(new TaskFailed(X0, 1, stuck));
    from(new TasksStopped(X0, 1));
    gone(X0);

    assertThat(ended().failure()).isEqualTo(stuck);
  }

  @Test
  void shouldNotStepBackFromADamagedCheckpoint() {
    running();
    failed(X0);
    tick(200);
    Failure damaged = Failure.of("checkpoint-damaged", "block 3", "choose");

    then(state.onSearchFailed(damaged, now));

    assertThat(ended().failure()).isEqualTo(damaged);
  }

  @Test
  void shouldSearchAgainWhenTheMetadataDoNotAnswer() {
    running();
    failed(X0);
    tick(200);
    then(state.onSearchUnavailable(now));

    assertThat(tick(500)).noneMatch(FindCheckpoint.class::isInstance);
    assertThat(tick(500)).contains(new FindCheckpoint());
  }

  @Test
  void shouldBeCancelledWhileItWaitsForItsRestart() {
    running();
    failed(X0);

    then(state.on(new StopApplication(SPEC.id(), "admin"), now));

    assertThat(ended().state()).isEqualTo(ApplicationState.CANCELLED);
  }

  @Test
  void shouldStopWhenDeposed() {
    running();

    then(state.onDeposed("epoch 1 has passed", now));
    from(new TasksStopped(X0, 1));
    gone(X0);

    assertThat(ended().failure().code()).isEqualTo("superseded");
  }
}
