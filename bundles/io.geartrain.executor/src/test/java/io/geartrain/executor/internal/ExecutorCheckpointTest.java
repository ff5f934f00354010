package io.geartrain.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.geartrain.executor.apps.Apps;
import io.geartrain.executor.apps.Results;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.ReleaseTasks;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.OutputPublished;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.StartFrom;
import io.geartrain.state.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorCheckpointTest extends ExecutorScript {
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
  void shouldTellThatTheCheckpointCannotBeRead() throws IOException {
    ExecutionPlan plan = startSteady();
    saveCheckpoint(plan);
    stopTasks();
    end();
    Restore restore = new Restore("app-1a2b", 7, Manifest.name(7, 1), List.of(), false);
    checkpoints.put("app-1a2b", Manifest.name(7, 1), Manifest.FILE, new byte[] {1, 2, 3});

    launch(Apps.Steady.class, Map.of());
    plan();
    tell(new InstallPlan(1, 1, plan, List.of(0), restore));

    Failure failure = next(TaskFailed.class).failure();
    assertThat(failure.code()).isEqualTo("restore-failed");
    assertThat(failure.message()).contains(Manifest.name(7, 1));
    assertThat(failure.hint()).contains("checkpoint store");
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
}
