package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.appmaster.internal.AppMasterDecision.StoreCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.TellMaster;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.ReleaseTasks;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.OutputPublished;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotFailed;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.state.Manifest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppMasterCheckpointTest extends AppMasterScript {
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

  /** All parts of a checkpoint. */
  private void parts(String executor, long checkpoint) {
    part(executor, checkpoint, "lines/0");
    part(executor, checkpoint, "out/0");
  }
}
