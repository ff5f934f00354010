package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.CHECKPOINTS;
import static io.geartrain.appmaster.internal.Samples.NO_CHECKPOINTS;
import static io.geartrain.appmaster.internal.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.geartrain.appmaster.internal.CheckpointDecision.Abort;
import io.geartrain.appmaster.internal.CheckpointDecision.Answer;
import io.geartrain.appmaster.internal.CheckpointDecision.Commit;
import io.geartrain.appmaster.internal.CheckpointDecision.Release;
import io.geartrain.appmaster.internal.CheckpointDecision.Store;
import io.geartrain.appmaster.internal.CheckpointDecision.Trigger;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.spi.CheckpointStore.Receipt;
import io.geartrain.state.Manifest.TaskFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointRequestTest {
  private static final CheckpointWish PLAIN = CheckpointWish.checkpoint("ada");

  private Instant now = T0;
  private CheckpointCoordinator coordinator =
      new CheckpointCoordinator(NO_CHECKPOINTS, "count-1a2b", 1, 1);

  @Test
  void shouldTakeACheckpointThoughNoneAreMadeByThemselves() {
    running();
    now = now.plusSeconds(3600);
    assertThat(coordinator.tick(now)).isEmpty();

    assertThat(coordinator.request("r1", PLAIN, now))
        .containsExactly(Answer.begun("r1", 8), new Trigger(8));
    now = now.plusMillis(40);
    StandingCheckpoint record = part(8);
    assertThat(record.number()).isEqualTo(8);
    assertThat(record.at()).isEqualTo(now);
    assertThat(record.durationMs()).isEqualTo(40);
    assertThat(record.bytes()).isEqualTo(10);
    assertThat(record.fingerprint()).isEqualTo("f");
    assertThat(record.principal()).isEqualTo("ada");
    assertThat(coordinator.onCommitted(8, now)).containsExactly(new Commit(8, false));
    assertThat(coordinator.onPublished(7)).isEmpty();
    assertThat(coordinator.onPublished(8)).containsExactly(Answer.stands("r1", 8));
    assertThat(coordinator.published()).isEqualTo(8);
  }

  @Test
  void shouldTakeTheNextRightAfterTheOneUnderWay() {
    coordinator = new CheckpointCoordinator(CHECKPOINTS, "count-1a2b", 1, 1);
    running();
    now = now.plusSeconds(10);
    assertThat(coordinator.tick(now)).containsExactly(new Trigger(8));

    assertThat(coordinator.request("r1", PLAIN, now)).containsExactly(Answer.begun("r1", 9));
    assertThat(coordinator.request("r2", PLAIN, now)).containsExactly(Answer.begun("r2", 9));
    assertThat(part(8).principal()).isNull();
    assertThat(coordinator.onCommitted(8, now))
        .containsExactly(new Commit(8, false), new Trigger(9));
    part(9);
    assertThat(coordinator.onCommitted(9, now)).containsExactly(new Commit(9, false));
    assertThat(coordinator.onPublished(9))
        .containsExactly(Answer.stands("r1", 9), Answer.stands("r2", 9));
  }

  @Test
  void shouldTellWhyItFailed() {
    running();
    coordinator.request("r1", PLAIN, now);

    assertThat(coordinator.onPartFailed(8, "lines/0", "disk full", now))
        .containsExactly(
            new Abort(8, "task lines/0: disk full"),
            new Answer("r1", 8, Outcome.FAILED, "checkpoint-failed", "task lines/0: disk full"));
  }

  @Test
  void shouldTakeTheNextAfterOneThatFailed() {
    running();
    coordinator.request("r1", PLAIN, now);
    coordinator.request("r2", PLAIN, now);

    assertThat(coordinator.onPartFailed(8, "lines/0", "disk full", now))
        .contains(new Trigger(9))
        .filteredOn(Answer.class::isInstance)
        .extracting(answer -> ((Answer) answer).request())
        .containsExactly("r1");
  }

  @Test
  void shouldMakeASavepointOfOneThatIsAskedFor() {
    running();
    assertThat(coordinator.request("r1", savepoint("before", false), now))
        .containsExactly(Answer.begun("r1", 8), new Trigger(8));

    Store store = stored(8);

    assertThat(store.manifest().savepoint()).isTrue();
    assertThat(store.manifest().states()).isEqualTo(Map.of("lines", "positions"));
    assertThat(store.record().label()).isEqualTo("before");
    assertThat(store.record().stop()).isFalse();
  }

  @Test
  void shouldMakeOneSavepointAtATime() {
    running();
    coordinator.request("r1", savepoint("a", false), now);

    assertThat(coordinator.request("r2", savepoint("b", false), now))
        .containsExactly(
            Answer.failed(
                "r2", 0, "savepoint-under-way", "another savepoint of count-1a2b is being made"));
    assertThat(coordinator.request("r3", PLAIN, now)).containsExactly(Answer.begun("r3", 9));
    stored(8);
    coordinator.onCommitted(8, now);
    assertThat(coordinator.request("r4", savepoint("b", false), now))
        .containsExactly(Answer.begun("r4", 10));
    assertThat(stored(9).manifest().savepoint()).isFalse();
  }

  @Test
  void shouldEndWithTheSavepointThatStops() {
    coordinator = new CheckpointCoordinator(CHECKPOINTS, "count-1a2b", 1, 1);
    running();
    assertThat(coordinator.request("r1", savepoint(null, true), now))
        .containsExactly(Answer.begun("r1", 8), new Trigger(8, true));
    coordinator.request("r2", PLAIN, now);
    assertThat(stored(8).record().stop()).isTrue();

    assertThat(coordinator.onCommitted(8, now)).containsExactly(new Commit(8, true));

    now = now.plusSeconds(3600);
    assertThat(coordinator.tick(now)).isEmpty();
    assertThat(coordinator.finish(now)).isEmpty();
    assertThat(coordinator.request("r3", PLAIN, now))
        .containsExactly(Answer.failed("r3", 0, "wrong-state", "count-1a2b is about to end"));
    assertThat(coordinator.onPublished(8)).containsExactly(Answer.stands("r1", 8));
    assertThat(coordinator.end())
        .containsExactly(
            Answer.failed("r2", 9, "checkpoint-failed", "the tasks of count-1a2b were stopped"));
  }

  @Test
  void shouldGoOnIfTheSavepointThatStopsFails() {
    coordinator = new CheckpointCoordinator(CHECKPOINTS, "count-1a2b", 1, 1);
    running();
    coordinator.request("r1", savepoint(null, true), now);

    assertThat(coordinator.onPartFailed(8, "lines/0", "disk full", now))
        .containsExactly(
            new Abort(8, "task lines/0: disk full"),
            Answer.failed("r1", 8, "checkpoint-failed", "task lines/0: disk full"),
            new Release(8));
    now = now.plusSeconds(10);
    assertThat(coordinator.tick(now)).containsExactly(new Trigger(9, false));
    assertThat(stored(9).record().stop()).isFalse();
  }

  @Test
  void shouldCompleteWithTheSavepointIfAllHasEndedMeanwhile() {
    coordinator = new CheckpointCoordinator(CHECKPOINTS, "count-1a2b", 1, 1);
    running();
    now = now.plusSeconds(10);
    coordinator.tick(now);
    coordinator.request("r1", savepoint(null, true), now);
    coordinator.finish(now);
    stored(8);

    assertThat(coordinator.onCommitted(8, now))
        .containsExactly(new Commit(8, false), new Trigger(9, false));
    Store last = stored(9);
    assertThat(last.manifest().savepoint()).isTrue();
    assertThat(last.record().stop()).isFalse();
    assertThat(coordinator.onCommitted(9, now)).containsExactly(new Commit(9, true));
  }

  @Test
  void shouldTellThatWhatStandsStandsThoughTheTasksAreStopped() {
    running();
    coordinator.request("r1", savepoint(null, false), now);
    stored(8);
    coordinator.onCommitted(8, now);

    assertThat(coordinator.end()).containsExactly(Answer.stands("r1", 8));
  }

  @Test
  void shouldLetNobodyWaitOnceTheTasksAreStopped() {
    running();
    coordinator.request("r1", PLAIN, now);
    coordinator.request("r2", PLAIN, now);

    assertThat(coordinator.end())
        .extracting(answer -> ((Answer) answer).request(), answer -> ((Answer) answer).outcome())
        .containsExactly(tuple("r1", Outcome.FAILED), tuple("r2", Outcome.FAILED));
  }

  @Test
  void shouldTakeNoneWhereNoTaskRuns() {
    assertThat(coordinator.request("r1", PLAIN, now))
        .containsExactly(Answer.failed("r1", 0, "wrong-state", "count-1a2b has no running tasks"));
    running();
    coordinator.finish(now);
    assertThat(coordinator.request("r2", PLAIN, now))
        .containsExactly(Answer.failed("r2", 0, "wrong-state", "count-1a2b is about to end"));
  }

  private void running() {
    coordinator.begin("f", Map.of("lines", "positions"), Set.of("lines/0"), 7, now);
  }

  private static CheckpointWish savepoint(String label, boolean stop) {
    return new CheckpointWish(true, label, stop, "ada");
  }

  /** The one task's part comes; what is to be written down of the checkpoint. */
  private StandingCheckpoint part(long checkpoint) {
    return stored(checkpoint).record();
  }

  private Store stored(long checkpoint) {
    TaskFile file = new TaskFile("lines/0", List.of("lines"), new Receipt("f", 10, 1), null);
    List<CheckpointDecision> decided = coordinator.onPart(checkpoint, file, now);
    assertThat(decided).hasSize(1);
    return (Store) decided.get(0);
  }
}
