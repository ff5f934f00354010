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

import io.geartrain.appmaster.internal.AppMasterDecision.TellExecutor;
import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.spi.CheckpointStore.Receipt;
import io.geartrain.state.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What tests let an app master go through, and what it has decided. */
abstract class AppMasterScript {
  static final String X0 = "count-1a2b-1-x0";
  static final String X1 = "count-1a2b-1-x1";
  static final Failure BAD =
      new Failure("task-failed", "lines", "lines/0", "bad", 7L, "it broke", "trace", "look");

  final AppMasterState state =
      new AppMasterState(SPEC, 1, "me", "address-of-w1", 1, LIMITS, CHECKPOINTS, RECOVERY);
  final List<AppMasterDecision> all = new ArrayList<>();
  List<AppMasterDecision> last = List.of();
  Instant now = T0;

  void planned() {
    then(state.start(now));
    then(state.on(new ExecutorLaunched(X0, "w1", "at-" + X0), now));
    from(new Planned(X0, 1, plan(1)));
  }

  void running() {
    planned();
    then(state.onFound(NOTHING_FOUND, now));
    then(state.on(new SlotsDecided(SPEC.id(), List.of(assign(0, "w1"))), now));
    from(new PlanInstalled(X0, 1));
  }

  void failed(String executor) {
    from(new TaskFailed(executor, 1, BAD));
    from(new TasksStopped(executor, 1));
    gone(executor);
  }

  void restarted(String executor) {
    tick(200);
    then(state.onFound(found(4), now));
    then(state.on(new ExecutorLaunched(executor, "w1", "at-" + executor), now));
    from(new PlanInstalled(executor, 1));
  }

  static CheckpointLog.Found found(long checkpoint) {
    return new CheckpointLog.Found(
        Optional.of(new Manifest(SPEC.id(), checkpoint, 1, 1, "f", 0, false, List.of())), 6, false);
  }

  List<AppMasterDecision> part(String executor, long checkpoint, String task) {
    Part part = new Part(task, List.of("s"), new Receipt("f", 10, 1), null);
    return from(new SnapshotTaken(executor, 1, checkpoint, part));
  }

  /** All tasks have come to their end. */
  void finished(String executor) {
    from(new TaskFinished(executor, 1, "lines/0"));
    from(new TaskFinished(executor, 1, "out/0"));
  }

  void gone(String executor) {
    then(state.on(new ExecutorTerminated(executor, "w1", "asked for"), now));
  }

  /** Sets the tasks up again, on the second executor and from a checkpoint of this epoch. */
  static TellExecutor restore(long checkpoint, boolean stopped) {
    Restore from =
        new Restore(SPEC.id(), checkpoint, Manifest.name(checkpoint, 1), List.of(), stopped);
    return tell(X1, new InstallPlan(1, 2, plan(1), List.of(0), from));
  }

  static TellExecutor tell(String executor, AppMasterToExecutor message) {
    return new TellExecutor("at-" + executor, message);
  }

  List<AppMasterDecision> tick(long millis) {
    now = now.plusMillis(millis);
    return then(state.tick(now));
  }

  List<AppMasterDecision> from(ExecutorToAppMaster message) {
    return then(state.on(message, now));
  }

  List<AppMasterDecision> then(List<AppMasterDecision> decisions) {
    last = decisions;
    all.addAll(decisions);
    return decisions;
  }

  ApplicationStatus ended() {
    assertThat(all).last().isEqualTo(new Terminate());
    return reported();
  }

  ApplicationStatus reported() {
    return Samples.lastReport(all);
  }
}
