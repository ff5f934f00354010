package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.CHECKPOINTS;
import static io.geartrain.appmaster.internal.Samples.LIMITS;
import static io.geartrain.appmaster.internal.Samples.RECOVERY;
import static io.geartrain.appmaster.internal.Samples.SPEC;
import static io.geartrain.appmaster.internal.Samples.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorRef;
import akka.testkit.javadsl.TestKit;
import io.geartrain.actor.RoleContext;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.AppMasterToWorker.StopExecutor;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.spi.CheckpointStore.Receipt;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppMasterActorTest {
  private final TestRuntime runtime = TestRuntime.start();
  private final TestKit master = new TestKit(runtime.system());
  private final TestKit worker = new TestKit(runtime.system());
  private final TestKit executor = new TestKit(runtime.system());

  private final MetadataStore metadata = new InMemoryEnsemble().connect(Runnable::run);

  @AfterEach
  void stop() {
    TestKit.shutdownActorSystem(runtime.system());
  }

  @Test
  void shouldBringAnApplicationFromItsLaunchToItsEnd() {
    metadata.create(
        "/apps/" + SPEC.id() + "/epoch", ("1\n" + SPEC.id()).getBytes(StandardCharsets.UTF_8));
    LaunchAppMaster launch = new LaunchAppMaster(SPEC, 1, runtime.addressOf(master.getRef()));
    ActorRef appMaster =
        runtime
            .system()
            .actorOf(
                AppMasterActor.props(
                    new RoleContext(runtime, launch, worker.getRef()),
                    new AppMaster.Surroundings(
                        1,
                        LIMITS,
                        CHECKPOINTS,
                        RECOVERY,
                        metadata,
                        new MemoryCheckpointStore(),
                        Clock.systemUTC())));
    master.watch(appMaster);

    LaunchExecutor asked = worker.expectMsgClass(LaunchExecutor.class);
    String x0 = asked.executorId();
    runtime
        .resolve(asked.appMasterAddress())
        .tell(
            new ExecutorLaunched(x0, "w1", runtime.addressOf(executor.getRef())), worker.getRef());
    executor.expectMsgClass(PlanApplication.class);
    appMaster.tell(new Planned(x0, 1, plan(1)), executor.getRef());
    master.fishForMessage(
        master.getRemainingOrDefault(), "a request for slots", RequestSlots.class::isInstance);
    appMaster.tell(
        new SlotsDecided(
            SPEC.id(),
            List.of(
                new Placement(
                    0,
                    Placement.Kind.ASSIGN,
                    "w1",
                    runtime.addressOf(worker.getRef()),
                    "",
                    "spread"))),
        master.getRef());
    assertThat(executor.expectMsgClass(InstallPlan.class).plan()).isEqualTo(plan(1));
    appMaster.tell(new PlanInstalled(x0, 1), executor.getRef());
    executor.expectMsgClass(StartTasks.class);
    appMaster.tell(new TaskFinished(x0, 1, "lines/0"), executor.getRef());
    appMaster.tell(new TaskFinished(x0, 1, "out/0"), executor.getRef());
    TriggerCheckpoint last = executor.expectMsgClass(TriggerCheckpoint.class);
    for (String task : List.of("lines/0", "out/0")) {
      Part part = new Part(task, List.of("s"), new Receipt("f", 1, 1), new byte[1]);
      appMaster.tell(new SnapshotTaken(x0, 1, last.checkpoint(), part), executor.getRef());
    }
    executor.expectMsg(new CommitCheckpoint(1, last.checkpoint(), true));
    assertThat(metadata.get("/apps/" + SPEC.id() + "/ckpt/latest").orElseThrow().text())
        .isEqualTo(Manifest.name(1, 1));
    appMaster.tell(new CheckpointCommitted(x0, 1, last.checkpoint()), executor.getRef());
    worker.expectMsg(new StopExecutor(x0));
    appMaster.tell(new ExecutorTerminated(x0, "w1", "asked for"), worker.getRef());

    master.fishForMessage(
        master.getRemainingOrDefault(),
        "the report of completion",
        m ->
            m instanceof StatusReport report
                && report.status().state() == ApplicationState.COMPLETED);
    master.expectTerminated(appMaster);
  }

  @Test
  void shouldRefuseAConfigurationThatMakesNoSense() {
    assertThatThrownBy(() -> role(-1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> role(0, 0)).hasMessageContaining("must be positive");
    assertThatThrownBy(() -> new CheckpointLimits(Duration.ofMillis(-1), second(), second(), 1))
        .hasMessageContaining("checkpointIntervalMs")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new CheckpointLimits(second(), Duration.ZERO, second(), 1))
        .hasMessageContaining("checkpointTimeoutMs");
    CheckpointLimits hasty = new CheckpointLimits(second(), Duration.ofMillis(999), second(), 1);
    assertThatThrownBy(() -> role(0, 1, hasty))
        .hasMessageContaining("checkpointTimeoutMs must be at least 1000")
        .hasMessageContaining("is 999");
    assertThatThrownBy(() -> new CheckpointLimits(second(), second(), second(), 0))
        .hasMessageContaining("checkpointsRetained");
    assertThatThrownBy(() -> new RecoveryPolicy.Limits(-1, second(), second()))
        .hasMessageContaining("restarts");
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }

  private AppMasterRole role(int parallelism, long definitionTimeoutMs) {
    return role(parallelism, definitionTimeoutMs, CHECKPOINTS);
  }

  private AppMasterRole role(
      int parallelism, long definitionTimeoutMs, CheckpointLimits checkpoints) {
    return new AppMasterRole(
        parallelism,
        definitionTimeoutMs,
        2,
        checkpoints,
        RECOVERY,
        metadata,
        new MemoryCheckpointStore());
  }
}
