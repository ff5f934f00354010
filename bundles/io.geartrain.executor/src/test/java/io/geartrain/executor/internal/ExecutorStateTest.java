package io.geartrain.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.codec.TypeDictionary;
import io.geartrain.executor.internal.ExecutorDecision.Cancel;
import io.geartrain.executor.internal.ExecutorDecision.Checkpoint;
import io.geartrain.executor.internal.ExecutorDecision.Commit;
import io.geartrain.executor.internal.ExecutorDecision.Define;
import io.geartrain.executor.internal.ExecutorDecision.GiveUpDefinition;
import io.geartrain.executor.internal.ExecutorDecision.GoOn;
import io.geartrain.executor.internal.ExecutorDecision.Install;
import io.geartrain.executor.internal.ExecutorDecision.Interrupt;
import io.geartrain.executor.internal.ExecutorDecision.Start;
import io.geartrain.executor.internal.ExecutorDecision.Tell;
import io.geartrain.executor.internal.ExecutorDecision.TellMetrics;
import io.geartrain.executor.internal.ExecutorDecision.TellStuck;
import io.geartrain.executor.internal.ExecutorDecision.Terminate;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.ReleaseTasks;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.StopTasks;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.OutputPublished;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutorStateTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final ExecutionPlan PLAN =
      new ExecutionPlan(
          "app", 1024, List.of(), List.of(), List.of(), TypeDictionary.EMPTY, Map.of(), "f");
  private static final Failure WHY = Failure.of("x", "y", "z");
  private static final List<String> TASKS = List.of("a/0", "b/0");

  private final ExecutorState state = new ExecutorState("x0", 2);

  @Test
  void shouldDefineAndTellThePlan() {
    assertThat(on(new PlanApplication(2, 4, 1_000))).containsExactly(new Define(4));
    assertThat(state.onDefined(T0)).isEmpty();
    assertThat(state.onPlanned(PLAN)).containsExactly(new Tell(new Planned("x0", 2, PLAN)));
  }

  @Test
  void shouldTellWhyThereIsNoPlan() {
    on(new PlanApplication(2, 4, 1_000));

    assertThat(state.onPlanningFailed(WHY))
        .containsExactly(new Tell(new PlanningFailed("x0", 2, WHY)));
  }

  @Test
  void shouldGiveTheDefinitionUpAtItsLimitAndIgnoreItFromThenOn() {
    on(new PlanApplication(2, 4, 1_000));

    assertThat(state.tick(T0.plusMillis(999))).isEmpty();
    assertThat(state.tick(T0.plusMillis(1_000))).containsExactly(new GiveUpDefinition(1_000));
    assertThat(state.onPlanned(PLAN)).isEmpty();
    assertThat(state.onPlanningFailed(WHY)).isEmpty();
    assertThat(state.tick(T0.plusSeconds(100))).isEmpty();
  }

  @Test
  void shouldGiveTheSplitsALimitOfTheirOwn() {
    on(new PlanApplication(2, 4, 1_000));
    state.onDefined(T0.plusMillis(900));

    assertThat(state.tick(T0.plusMillis(1_800))).isEmpty();
    assertThat(state.tick(T0.plusMillis(1_900))).containsExactly(new GiveUpDefinition(1_000));
  }

  @Test
  void shouldInstallAndStart() {
    assertThat(on(new InstallPlan(2, 1, PLAN, List.of(0))))
        .containsExactly(new Install(1, PLAN, List.of(0), null));
    assertThat(state.onInstalled(TASKS, T0)).containsExactly(new Tell(new PlanInstalled("x0", 2)));
    assertThat(on(new StartTasks(2))).containsExactly(new Start());
    assertThat(on(new StartTasks(2))).isEmpty();
  }

  @Test
  void shouldTellWhyTasksCannotBeSetUp() {
    on(new InstallPlan(2, 1, PLAN, List.of(0)));

    assertThat(state.onInstallFailed(WHY)).containsExactly(new Tell(new TaskFailed("x0", 2, WHY)));
  }

  @Test
  void shouldTellTheCountersEachSecondAndBeforeTheLastTaskIsDone() {
    running();

    assertThat(state.tick(T0.plusMillis(999))).isEmpty();
    assertThat(state.tick(T0.plusMillis(1_000))).containsExactly(new TellMetrics());
    assertThat(state.tick(T0.plusMillis(1_100))).isEmpty();
    assertThat(state.onReached("a/0")).containsExactly(new Tell(new TaskFinished("x0", 2, "a/0")));
    assertThat(state.onReached("b/0"))
        .containsExactly(new TellMetrics(), new Tell(new TaskFinished("x0", 2, "b/0")));
  }

  @Test
  void shouldPassCheckpointsOn() {
    running();

    assertThat(on(new TriggerCheckpoint(2, 4))).containsExactly(new Checkpoint(4, false));
    assertThat(on(new TriggerCheckpoint(1, 5))).isEmpty();
    SnapshotFailed failed = new SnapshotFailed("x0", 2, 4, "a/0", "disk full");
    assertThat(state.onPart(failed)).containsExactly(new Tell(failed));
    assertThat(on(new CommitCheckpoint(2, 4, false))).containsExactly(new Commit(4, false));
  }

  @Test
  void shouldTellOnceAllTasksHavePublished() {
    running();
    on(new CommitCheckpoint(2, 4, false));

    assertThat(state.onCommitted("a/0", 4)).isEmpty();
    assertThat(state.onCommitted("b/0", 3)).isEmpty();
    assertThat(state.onCommitted("b/0", 4))
        .containsExactly(new Tell(new OutputPublished("x0", 2, 4)));
    assertThat(state.onCommitted("b/0", 4)).isEmpty();
    on(new CommitCheckpoint(2, 5, false));
    assertThat(state.onCommitted("a/0", 5)).isEmpty();
    assertThat(on(new CommitCheckpoint(2, 6, false))).containsExactly(new Commit(6, false));
    state.onCommitted("a/0", 6);
    assertThat(state.onCommitted("b/0", 6))
        .containsExactly(new Tell(new OutputPublished("x0", 2, 6)));
  }

  @Test
  void shouldHoldTasksAndLetThemGoOn() {
    running();

    assertThat(on(new TriggerCheckpoint(2, 4, true))).containsExactly(new Checkpoint(4, true));
    assertThat(on(new ReleaseTasks(1, 4))).isEmpty();
    assertThat(on(new ReleaseTasks(2, 4))).containsExactly(new GoOn());
  }

  @Test
  void shouldTellTheLastCommitWhenAllTasksHaveEnded() {
    running();
    state.onReached("a/0");
    state.onReached("b/0");

    assertThat(on(new CommitCheckpoint(2, 5, true))).containsExactly(new Commit(5, true));
    assertThat(state.onFinished("a/0")).isEmpty();
    assertThat(state.onFinished("b/0"))
        .containsExactly(new TellMetrics(), new Tell(new CheckpointCommitted("x0", 2, 5)));
  }

  @Test
  void shouldPassNoCheckpointOnOnceATaskHasFailed() {
    running();
    state.onFailed("a/0", WHY);

    assertThat(on(new TriggerCheckpoint(2, 4))).isEmpty();
    assertThat(on(new CommitCheckpoint(2, 4, true))).isEmpty();
    assertThat(state.onPart(new SnapshotFailed("x0", 2, 4, "a/0", "late"))).isEmpty();
  }

  @Test
  void shouldCancelAllOthersAtOnceWhenATaskFails() {
    running();

    assertThat(state.onFailed("a/0", WHY))
        .containsExactly(new Cancel(), new TellMetrics(), new Tell(new TaskFailed("x0", 2, WHY)));
    assertThat(state.onCancelled("b/0")).isEmpty();
    assertThat(on(new StopTasks(2))).containsExactly(new Tell(new TasksStopped("x0", 2)));
  }

  @Test
  void shouldTellWhenAllTasksHaveStopped() {
    running();

    assertThat(on(new StopTasks(2))).containsExactly(new Cancel());
    assertThat(state.onCancelled("a/0")).isEmpty();
    assertThat(on(new StopTasks(2))).isEmpty();
    assertThat(state.onCancelled("b/0")).containsExactly(new Tell(new TasksStopped("x0", 2)));
    assertThat(on(new StopTasks(2))).containsExactly(new Tell(new TasksStopped("x0", 2)));
  }

  @Test
  void shouldInterruptAndThenGiveUpTasksThatDoNotStop() {
    running();
    on(new StopTasks(2));
    state.onCancelled("a/0");

    assertThat(state.tick(T0.plusSeconds(3))).containsExactly(new Interrupt(Set.of("b/0")));
    assertThat(state.tick(T0.plusSeconds(5))).isEmpty();
    assertThat(state.tick(T0.plusSeconds(6)))
        .containsExactly(new TellStuck(Set.of("b/0")), new Tell(new TasksStopped("x0", 2)));
    assertThat(state.tick(T0.plusSeconds(60))).isEmpty();
  }

  @Test
  void shouldStopWhatIsInstalledTooLate() {
    on(new InstallPlan(2, 1, PLAN, List.of(0)));

    assertThat(on(new StopTasks(2))).isEmpty();
    assertThat(state.onInstalled(TASKS, T0)).containsExactly(new Cancel());
    state.onCancelled("a/0");
    assertThat(state.onCancelled("b/0")).containsExactly(new Tell(new TasksStopped("x0", 2)));
    assertThat(on(new StartTasks(2))).isEmpty();
  }

  @Test
  void shouldEndWithoutItsAppMaster() {
    running();

    assertThat(state.onAppMasterGone(T0)).containsExactly(new Cancel());
    state.onCancelled("a/0");
    assertThat(state.onCancelled("b/0"))
        .containsExactly(new Tell(new TasksStopped("x0", 2)), new Terminate());
  }

  @Test
  void shouldEndAtOnceWithoutItsAppMasterIfNothingRuns() {
    assertThat(state.onAppMasterGone(T0)).last().isEqualTo(new Terminate());
  }

  @Test
  void shouldDropOtherEpochs() {
    assertThat(on(new PlanApplication(1, 4, 1_000))).isEmpty();
    assertThat(on(new InstallPlan(3, 1, PLAN, List.of(0)))).isEmpty();
    running();
    assertThat(on(new StopTasks(1))).isEmpty();
  }

  @Test
  void shouldAlwaysStopAndStartNothingOnceCancelled() {
    long base = Long.getLong("gear.seed", System.nanoTime());
    for (long seed = base; seed < base + 3_000; seed++) {
      assertStops(seed);
    }
  }

  private static void assertStops(long seed) {
    Random random = new Random(seed);
    ExecutorState any = new ExecutorState("x0", 2);
    List<ExecutorDecision> all = new ArrayList<>();
    Instant now = T0;
    boolean installed = false;
    for (int i = 0; i < 30; i++) {
      now = now.plusMillis(random.nextInt(1_500));
      String task = TASKS.get(random.nextInt(2));
      List<ExecutorDecision> decided =
          switch (random.nextInt(13)) {
            case 0 -> any.on(new PlanApplication(2, 1, 1_000), now);
            case 1 -> any.onPlanned(PLAN);
            case 2 -> any.onPlanningFailed(WHY);
            case 3, 4 -> any.on(new InstallPlan(2, 1, PLAN, List.of(0)), now);
            case 5 -> {
              boolean asked = all.stream().anyMatch(Install.class::isInstance);
              boolean first = asked && !installed;
              installed |= first;
              yield first ? any.onInstalled(TASKS, now) : List.of();
            }
            case 6, 7 -> any.on(new StartTasks(2), now);
            case 8 -> any.onFinished(task);
            case 12 -> any.on(new CommitCheckpoint(2, 1, true), now);
            case 9 -> random.nextInt(4) == 0 ? any.onFailed(task, WHY) : any.onCancelled(task);
            case 10 -> random.nextInt(6) == 0 ? any.on(new StopTasks(2), now) : List.of();
            default -> any.tick(now);
          };
      boolean cancelled = all.stream().anyMatch(Cancel.class::isInstance);
      assertThat(cancelled && decided.stream().anyMatch(Start.class::isInstance))
          .as("starts after a cancel; seed %d: -Dgear.seed=%d", seed, seed)
          .isFalse();
      all.addAll(decided);
    }
    all.addAll(any.on(new StopTasks(2), now));
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(1);
      all.addAll(any.tick(now));
    }
    assertThat(all)
        .as("seed %d: -Dgear.seed=%d", seed, seed)
        .contains(new Tell(new TasksStopped("x0", 2)));
    assertThat(any.tick(now.plusSeconds(100))).isEmpty();
  }

  private void running() {
    on(new InstallPlan(2, 1, PLAN, List.of(0)));
    state.onInstalled(TASKS, T0);
    on(new StartTasks(2));
  }

  private List<ExecutorDecision> on(AppMasterToExecutor message) {
    return state.on(message, T0);
  }
}
