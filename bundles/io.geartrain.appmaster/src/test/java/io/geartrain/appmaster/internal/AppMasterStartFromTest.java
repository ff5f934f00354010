package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.CHECKPOINTS;
import static io.geartrain.appmaster.internal.Samples.LIMITS;
import static io.geartrain.appmaster.internal.Samples.RECOVERY;
import static io.geartrain.appmaster.internal.Samples.SPEC;
import static io.geartrain.appmaster.internal.Samples.T0;
import static io.geartrain.appmaster.internal.Samples.assign;
import static io.geartrain.appmaster.internal.Samples.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.StartFrom;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.state.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppMasterStartFromTest extends AppMasterScript {
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
}
