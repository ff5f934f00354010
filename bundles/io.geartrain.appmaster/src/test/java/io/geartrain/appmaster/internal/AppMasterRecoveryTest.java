package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.CHECKPOINTS;
import static io.geartrain.appmaster.internal.Samples.LIMITS;
import static io.geartrain.appmaster.internal.Samples.NOTHING_FOUND;
import static io.geartrain.appmaster.internal.Samples.RECOVERY;
import static io.geartrain.appmaster.internal.Samples.SPEC;
import static io.geartrain.appmaster.internal.Samples.T0;
import static io.geartrain.appmaster.internal.Samples.assign;
import static io.geartrain.appmaster.internal.Samples.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.appmaster.internal.AppMasterDecision.FindCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.StoreCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.appmaster.internal.AppMasterDecision.TellWorker;
import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.ReleaseTasks;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.AuditStatus;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.OutputPublished;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TaskMoved;
import io.geartrain.protocol.ExecutorToAppMaster.TaskStalled;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.Stall;
import io.geartrain.protocol.StallStatus;
import io.geartrain.protocol.StartFrom;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.spi.CheckpointStore.Receipt;
import io.geartrain.state.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppMasterRecoveryTest {
  private static final String X0 = "count-1a2b-1-x0";
  private static final String X1 = "count-1a2b-1-x1";
  private static final Failure BAD =
      new Failure("task-failed", "lines", "lines/0", "bad", 7L, "it broke", "trace", "look");

  private final AppMasterState state =
      new AppMasterState(SPEC, 1, "me", "address-of-w1", 1, LIMITS, CHECKPOINTS, RECOVERY);
  private final List<AppMasterDecision> all = new ArrayList<>();
  private List<AppMasterDecision> last = List.of();
  private Instant now = T0;

  @Test
  void shouldCommitACheckpointOnceAllPartsAreThere() {
    running();
    assertThat(tick(9_999)).noneMatch(TellExecutor.class::isInstance);
    assertThat(tick(1)).contains(tell(X0, new TriggerCheckpoint(1, 1)));

    assertThat(part(X0, 1, "lines/0")).isEmpty();
    assertThat(part(X0, 1, "out/0")).hasSize(1).allMatch(StoreCheckpoint.class::isInstance);
    assertThat(then(state.onCommitted(1, now)))
        .containsExactly(tell(X0, new CommitCheckpoint(1, 1, false)));

    tick(1_000);
    assertThat(reported().checkpoints().last()).isEqualTo(1);
    assertThat(reported().checkpoints().completed()).isEqualTo(1);
    assertThat(reported().checkpoints().bytes()).isEqualTo(20);
  }

  @Test
  void shouldGoOnWithoutACheckpointThatIsLate() {
    running();
    tick(10_000);
    part(X0, 1, "lines/0");

    assertThat(tick(60_000).toString()).contains("no part of out/0");
    assertThat(state.state()).isEqualTo(ApplicationState.RUNNING);
    assertThat(part(X0, 1, "out/0")).isEmpty();
    assertThat(tick(10_000)).contains(tell(X0, new TriggerCheckpoint(1, 2)));
  }

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

  @Test
  void shouldPublishTheRestWithTheLastCheckpoint() {
    running();
    finished(X0);
    assertThat(last).containsExactly(tell(X0, new TriggerCheckpoint(1, 1)));
    parts(X0, 1);
    then(state.onCommitted(1, now));
    assertThat(last).containsExactly(tell(X0, new CommitCheckpoint(1, 1, true)));

    from(new CheckpointCommitted(X0, 1, 1));
    gone(X0);

    assertThat(ended().state()).isEqualTo(ApplicationState.COMPLETED);
  }

  /** What was published without a checkpoint would be published again by the next restart. */
  @Test
  void shouldPublishNothingWhereTheLastCheckpointCannotBeMade() {
    running();
    finished(X0);
    for (int i = 1; i <= 3; i++) {
      parts(X0, i);
      then(state.onCommitFailed(i, "the disk is full", now));
      tick(10_000);
    }

    assertThat(all.toString()).doesNotContain("CommitCheckpoint");
    assertThat(reported().failure().code()).isEqualTo("last-checkpoint-failed");
    assertThat(reported().failure().message()).contains("the disk is full");
  }

  @Test
  void shouldMakeOneMoreCheckpointWhereOneWasUnderWayAtTheEnd() {
    running();
    tick(10_000);
    part(X0, 1, "lines/0");
    finished(X0);
    part(X0, 1, "out/0");

    assertThat(then(state.onCommitted(1, now)))
        .containsExactly(
            tell(X0, new CommitCheckpoint(1, 1, false)), tell(X0, new TriggerCheckpoint(1, 2)));
  }

  @Test
  void shouldEndWithASavepointOnceItsOutputIsPublished() {
    running();
    assertThat(ask("r1", true))
        .containsExactly(
            new TellMaster(answer("r1", 1, Outcome.BEGUN)),
            tell(X0, new TriggerCheckpoint(1, 1, true)));
    parts(X0, 1);
    assertThat(last)
        .hasSize(1)
        .allMatch(d -> d instanceof StoreCheckpoint store && store.record().stop());
    assertThat(then(state.onCommitted(1, now)))
        .containsExactly(tell(X0, new CommitCheckpoint(1, 1, true)));
    assertThat(state.state()).isEqualTo(ApplicationState.RUNNING);

    from(new CheckpointCommitted(X0, 1, 1));
    assertThat(last).startsWith(new TellMaster(answer("r1", 1, Outcome.STANDS)));
    gone(X0);

    assertThat(ended().state()).isEqualTo(ApplicationState.CANCELLED);
    assertThat(ended().failure()).isNull();
    assertThat(ended().checkpoints().published()).isEqualTo(1);
  }

  @Test
  void shouldLetTasksGoOnIfTheSavepointCanNotBeMade() {
    running();
    ask("r1", true);

    from(new SnapshotFailed(X0, 1, 1, "out/0", "disk full"));

    assertThat(last)
        .contains(tell(X0, new ReleaseTasks(1, 1)))
        .anyMatch(
            d ->
                d instanceof TellMaster told
                    && told.message() instanceof CheckpointAnswer answer
                    && answer.outcome() == Outcome.FAILED
                    && answer.problem().equals("task out/0: disk full"));
    assertThat(state.state()).isEqualTo(ApplicationState.RUNNING);
    assertThat(tick(10_000)).contains(tell(X0, new TriggerCheckpoint(1, 2)));
  }

  @Test
  void shouldOnlyPublishAfterARestartOnceStopped() {
    running();
    ask("r1", true);
    parts(X0, 1);
    then(state.onCommitted(1, now));
    failed(X0);
    assertThat(all).contains(new TellMaster(answer("r1", 1, Outcome.STANDS)));
    tick(200);
    then(state.onFound(stoppedWith(1), now));
    then(state.on(new ExecutorLaunched(X1, "w1", "at-" + X1), now));
    assertThat(last).contains(restore(1, true));
    from(new PlanInstalled(X1, 1));
    assertThat(tick(60_000)).noneMatch(TellExecutor.class::isInstance);
    finished(X1);
    assertThat(last).containsExactly(tell(X1, new CommitCheckpoint(1, 1, true)));
    from(new CheckpointCommitted(X1, 1, 1));
    gone(X1);

    assertThat(ended().state()).isEqualTo(ApplicationState.CANCELLED);
  }

  @Test
  void shouldTellAtOnceThatOutputIsPublished() {
    running();
    ask("r1", false);
    parts(X0, 1);
    assertThat(then(state.onCommitted(1, now)))
        .containsExactly(tell(X0, new CommitCheckpoint(1, 1, false)));

    from(new OutputPublished(X0, 1, 1));

    assertThat(last).contains(new TellMaster(answer("r1", 1, Outcome.STANDS)));
    assertThat(reported().checkpoints().published()).isEqualTo(1);
    assertThat(from(new OutputPublished(X0, 1, 1))).isEmpty();
  }

  @Test
  void shouldBeginWithTheStateOfAnotherUntilItHasACheckpointOfItsOwn() {
    AppMasterState started = startedFrom(List.of("gone"));
    then(started.onFoundStart(saved("gone"), 12, now));
    then(started.on(new SlotsDecided(SPEC.id(), List.of(assign(0, "w1"))), now));
    Restore other = new Restore("old-0a0a", 12, Manifest.name(12, 3), List.of("gone"), false);
    assertThat(installs(last)).containsExactly(other);
    then(started.on(new PlanInstalled(X0, 1), now));
    now = now.plusSeconds(10);
    assertThat(started.tick(now)).contains(tell(X0, new TriggerCheckpoint(1, 13)));

    then(started.on(new TaskFailed(X0, 1, BAD), now));
    then(started.on(new TasksStopped(X0, 1), now));
    then(started.on(new ExecutorTerminated(X0, "w1", "asked for"), now));
    now = now.plusMillis(200);
    started.tick(now);
    then(started.onFoundStart(saved("gone"), 13, now));
    then(started.on(new ExecutorLaunched(X1, "w1", "at-" + X1), now));

    assertThat(installs(last)).containsExactly(other);
    assertThat(reported().checkpoints().last()).isZero();
    assertThat(reported().checkpoints().restoredFrom()).isEqualTo(12);
  }

  @Test
  void shouldRefuseAStateThatDoesNotFit() {
    AppMasterState started = startedFrom(List.of());

    then(started.onFoundStart(saved("gone"), 12, now));
    then(started.on(new ExecutorTerminated(X0, "w1", "asked for"), now));

    assertThat(ended().state()).isEqualTo(ApplicationState.FAILED);
    assertThat(ended().failure().code()).isEqualTo("state-without-step");
    assertThat(all.toString()).doesNotContain("RequestSlots");
  }

  private AppMasterState startedFrom(List<String> dropped) {
    StartFrom from =
        new StartFrom("old-0a0a", 12, Manifest.name(12, 3), true, dropped, false, null);
    ApplicationSpec spec =
        new ApplicationSpec(
            SPEC.id(), "count", SPEC.bundle(), "C", Map.of(), null, "admin", T0, from);
    AppMasterState started =
        new AppMasterState(spec, 1, "me", "address-of-w1", 1, LIMITS, CHECKPOINTS, RECOVERY);
    then(started.start(now));
    then(started.on(new ExecutorLaunched(X0, "w1", "at-" + X0), now));
    then(started.on(new Planned(X0, 1, plan(1)), now));
    return started;
  }

  private static SavedState saved(String step) {
    return new SavedState(
        new Manifest("old-0a0a", 12, 3, 1, "f", 0, true, List.of()),
        Map.of(step, Set.of("task", "value:n")));
  }

  private static List<Restore> installs(List<AppMasterDecision> decisions) {
    return decisions.stream()
        .filter(TellExecutor.class::isInstance)
        .map(d -> ((TellExecutor) d).message())
        .filter(InstallPlan.class::isInstance)
        .map(m -> ((InstallPlan) m).restore())
        .toList();
  }

  private List<AppMasterDecision> ask(String request, boolean stop) {
    CheckpointWish wish = new CheckpointWish(stop, null, stop, "ada");
    return then(state.on(new MakeCheckpoint(SPEC.id(), request, wish), now));
  }

  private static CheckpointAnswer answer(String request, long number, Outcome outcome) {
    return new CheckpointAnswer(SPEC.id(), 1, request, number, outcome, null, null);
  }

  private static CheckpointLog.Found stoppedWith(long checkpoint) {
    Manifest manifest = new Manifest(SPEC.id(), checkpoint, 1, 1, "f", 0, true, List.of());
    return new CheckpointLog.Found(Optional.of(manifest), checkpoint, true);
  }

  private void planned() {
    then(state.start(now));
    then(state.on(new ExecutorLaunched(X0, "w1", "at-" + X0), now));
    from(new Planned(X0, 1, plan(1)));
  }

  private void running() {
    planned();
    then(state.onFound(NOTHING_FOUND, now));
    then(state.on(new SlotsDecided(SPEC.id(), List.of(assign(0, "w1"))), now));
    from(new PlanInstalled(X0, 1));
  }

  private void failed(String executor) {
    from(new TaskFailed(executor, 1, BAD));
    from(new TasksStopped(executor, 1));
    gone(executor);
  }

  private void restarted(String executor) {
    tick(200);
    then(state.onFound(found(4), now));
    then(state.on(new ExecutorLaunched(executor, "w1", "at-" + executor), now));
    from(new PlanInstalled(executor, 1));
  }

  private static CheckpointLog.Found found(long checkpoint) {
    return new CheckpointLog.Found(
        Optional.of(new Manifest(SPEC.id(), checkpoint, 1, 1, "f", 0, false, List.of())), 6, false);
  }

  /** All parts of a checkpoint. */
  private void parts(String executor, long checkpoint) {
    part(executor, checkpoint, "lines/0");
    part(executor, checkpoint, "out/0");
  }

  private List<AppMasterDecision> part(String executor, long checkpoint, String task) {
    Part part = new Part(task, List.of("s"), new Receipt("f", 10, 1), null);
    return from(new SnapshotTaken(executor, 1, checkpoint, part));
  }

  /** All tasks have come to their end. */
  private void finished(String executor) {
    from(new TaskFinished(executor, 1, "lines/0"));
    from(new TaskFinished(executor, 1, "out/0"));
  }

  private void gone(String executor) {
    then(state.on(new ExecutorTerminated(executor, "w1", "asked for"), now));
  }

  /** Sets the tasks up again, on the second executor and from a checkpoint of this epoch. */
  private static TellExecutor restore(long checkpoint, boolean stopped) {
    Restore from =
        new Restore(SPEC.id(), checkpoint, Manifest.name(checkpoint, 1), List.of(), stopped);
    return tell(X1, new InstallPlan(1, 2, plan(1), List.of(0), from));
  }

  private static TellExecutor tell(String executor, AppMasterToExecutor message) {
    return new TellExecutor("at-" + executor, message);
  }

  private List<AppMasterDecision> tick(long millis) {
    now = now.plusMillis(millis);
    return then(state.tick(now));
  }

  private List<AppMasterDecision> from(ExecutorToAppMaster message) {
    return then(state.on(message, now));
  }

  private List<AppMasterDecision> then(List<AppMasterDecision> decisions) {
    last = decisions;
    all.addAll(decisions);
    return decisions;
  }

  private ApplicationStatus ended() {
    assertThat(all).last().isEqualTo(new Terminate());
    return reported();
  }

  private ApplicationStatus reported() {
    return Samples.lastReport(all);
  }
}
