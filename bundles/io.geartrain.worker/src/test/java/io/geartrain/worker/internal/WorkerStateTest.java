package io.geartrain.worker.internal;

import static io.geartrain.worker.internal.Samples.APP;
import static io.geartrain.worker.internal.Samples.SELF;
import static io.geartrain.worker.internal.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.coordination.Leader;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.AppMasterToWorker.StopExecutor;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.ShutDownNode;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorRefused;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.worker.internal.WorkerDecision.StartAppMaster;
import io.geartrain.worker.internal.WorkerDecision.StartExecutor;
import io.geartrain.worker.internal.WorkerDecision.StopChild;
import io.geartrain.worker.internal.WorkerDecision.StopNode;
import io.geartrain.worker.internal.WorkerDecision.TellAppMaster;
import io.geartrain.worker.internal.WorkerDecision.TellMaster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkerStateTest {
  private static final RegisterWorker HELLO =
      new RegisterWorker("w-1a2b", "node-1a2b", "me", 8, Map.of("disk", "ssd"));
  private static final LaunchAppMaster LAUNCH = new LaunchAppMaster(APP, 2, "master");
  private static final LaunchExecutor EXECUTOR = new LaunchExecutor("x0", APP, 2, "am");

  private final WorkerState state = new WorkerState(SELF, "me", Duration.ofSeconds(5));

  @Test
  void shouldRegisterWithEachNewLeader() {
    assertThat(leads("m1", 1)).containsExactly(new TellMaster("m1", HELLO));
    assertThat(leads("m1", 1)).isEmpty();
    assertThat(leads("m2", 2)).containsExactly(new TellMaster("m2", HELLO));
  }

  @Test
  void shouldRegisterAgainUntilTheLeaderConfirms() {
    leads("m1", 1);

    assertThat(state.tick(T0.plusMillis(500))).isEmpty();
    assertThat(state.tick(T0.plusSeconds(1))).containsExactly(new TellMaster("m1", HELLO));
    state.on(new WorkerRegistered(1), T0);

    assertThat(state.registered()).isTrue();
    assertThat(state.tick(T0.plusSeconds(10))).isEmpty();
  }

  @Test
  void shouldIgnoreTheConfirmationOfAFormerLeader() {
    leads("m1", 1);
    leads("m2", 2);

    state.on(new WorkerRegistered(1), T0);

    assertThat(state.registered()).isFalse();
  }

  @Test
  void shouldNotBeRegisteredWhileNobodyLeads() {
    leads("m1", 1);
    state.on(new WorkerRegistered(1), T0);

    state.onLeader(Optional.empty(), T0);

    assertThat(state.registered()).isFalse();
    assertThat(state.tick(T0.plusSeconds(5))).isEmpty();
  }

  @Test
  void shouldLaunchAnAppMasterAndTellSo() {
    assertThat(state.on(LAUNCH, T0))
        .containsExactly(new StartAppMaster("appmaster-app-1-2", LAUNCH));

    assertThat(state.onStarted("appmaster-app-1-2", "am"))
        .containsExactly(
            new TellMaster("master", new AppMasterLaunched("w-1a2b", "app-1", 2, "am")));
  }

  @Test
  void shouldTellAgainWhenTheSameAppMasterIsAskedForTwice() {
    appMaster();

    assertThat(state.on(LAUNCH, T0))
        .containsExactly(
            new TellMaster("master", new AppMasterLaunched("w-1a2b", "app-1", 2, "am")));
  }

  @Test
  void shouldSupersedeAnOlderAppMasterWithItsExecutors() {
    appMaster();
    executor();
    LaunchAppMaster newer = new LaunchAppMaster(APP, 3, "master");

    assertThat(state.on(newer, T0))
        .containsExactly(new StopChild("appmaster-app-1-2"), new StopChild("x0"));
    assertThat(state.onTerminated("appmaster-app-1-2", null, T0)).hasSize(1);
    assertThat(state.onTerminated("x0", null, T0))
        .last()
        .isEqualTo(new StartAppMaster("appmaster-app-1-3", newer));
  }

  @Test
  void shouldBeginTheNextAppMasterThoughTheFormerDoesNotEnd() {
    appMaster();
    executor();
    LaunchAppMaster newer = new LaunchAppMaster(APP, 3, "master");
    state.on(newer, T0);

    assertThat(state.tick(T0.plusSeconds(5)))
        .last()
        .isEqualTo(new StartAppMaster("appmaster-app-1-3", newer));
  }

  @Test
  void shouldTellTheEndOfAnAppMasterThatNeverBegan() {
    appMaster();
    state.on(new LaunchAppMaster(APP, 3, "master"), T0);

    assertThat(state.on(new StopAppMaster("app-1", 3), T0))
        .containsExactly(
            new TellMaster(
                "master",
                new AppMasterTerminated(
                    "w-1a2b", "app-1", 3, "the master asked for it before it began")));
    assertThat(state.onTerminated("appmaster-app-1-2", null, T0)).hasSize(1);
  }

  @Test
  void shouldRefuseAnOlderAppMaster() {
    appMaster();

    assertThat(state.on(new LaunchAppMaster(APP, 1, "master"), T0))
        .containsExactly(
            new TellMaster(
                "master", new AppMasterTerminated("w-1a2b", "app-1", 1, "superseded by epoch 2")));
  }

  @Test
  void shouldTellWhenAnAppMasterCannotBeStarted() {
    state.on(LAUNCH, T0);

    assertThat(
            state.onRefused("appmaster-app-1-2", Failure.of("no-role", "no app masters here", "")))
        .containsExactly(
            new TellMaster(
                "master", new AppMasterTerminated("w-1a2b", "app-1", 2, "no app masters here")));
  }

  @Test
  void shouldStopAnAppMasterWithItsExecutors() {
    appMaster();
    executor();

    assertThat(state.on(new StopAppMaster("app-1", 2), T0))
        .containsExactly(new StopChild("appmaster-app-1-2"), new StopChild("x0"));
    assertThat(state.onTerminated("appmaster-app-1-2", null, T0))
        .containsExactly(
            new TellMaster(
                "master",
                new AppMasterTerminated("w-1a2b", "app-1", 2, "the master asked for it")));
  }

  @Test
  void shouldKeepANewerAppMasterThanTheOneToStop() {
    appMaster();

    assertThat(state.on(new StopAppMaster("app-1", 1), T0)).isEmpty();
  }

  @Test
  void shouldStopTheExecutorsOfAnAppMasterThatDies() {
    appMaster();
    executor();

    assertThat(state.onTerminated("appmaster-app-1-2", "it threw", T0))
        .containsExactly(
            new TellMaster("master", new AppMasterTerminated("w-1a2b", "app-1", 2, "it threw")),
            new StopChild("x0"));
  }

  @Test
  void shouldLaunchAndStopAnExecutor() {
    assertThat(state.on(EXECUTOR, T0)).containsExactly(new StartExecutor("x0", EXECUTOR));
    assertThat(state.on(EXECUTOR, T0)).isEmpty();
    assertThat(state.onStarted("x0", "x-address"))
        .containsExactly(
            new TellAppMaster("am", new ExecutorLaunched("x0", "w-1a2b", "x-address")));

    assertThat(state.on(new StopExecutor("x0"), T0)).containsExactly(new StopChild("x0"));
    assertThat(state.on(new StopExecutor("x0"), T0)).isEmpty();
    assertThat(state.onTerminated("x0", null, T0))
        .containsExactly(
            new TellAppMaster(
                "am", new ExecutorTerminated("x0", "w-1a2b", "its app master asked for it")));
  }

  @Test
  void shouldTellWhyAnExecutorWasRefused() {
    state.on(EXECUTOR, T0);
    Failure why = Failure.of("no-role", "no executors here", null);

    assertThat(state.onRefused("x0", why))
        .containsExactly(new TellAppMaster("am", new ExecutorRefused("x0", "w-1a2b", why)));
  }

  @Test
  void shouldGiveUpAnExecutorThatDoesNotEnd() {
    appMaster();
    executor();
    state.on(new StopExecutor("x0"), T0);

    assertThat(state.tick(T0.plusSeconds(4))).isEmpty();
    assertThat(state.tick(T0.plusSeconds(5)))
        .hasSize(1)
        .first()
        .matches(d -> d.toString().contains("stuck in user code"));
    assertThat(state.onTerminated("x0", null, T0)).isEmpty();
  }

  @Test
  void shouldStopTheNodeWhenAsked() {
    assertThat(state.on(new ShutDownNode("by admin"), T0))
        .containsExactly(new StopNode("by admin"));
  }

  @Test
  void shouldTellTheEndOfEachChildOnceWhateverComes() {
    long base = Long.getLong("gear.seed", System.nanoTime());
    for (long seed = base; seed < base + 2_000; seed++) {
      assertThat(endsTold(new Random(seed))).as("seed %d: -Dgear.seed=%d", seed, seed).isTrue();
    }
  }

  private boolean endsTold(Random random) {
    WorkerState any = new WorkerState(SELF, "me", Duration.ofSeconds(5));
    List<WorkerDecision> all = new ArrayList<>();
    Instant now = T0;
    for (int i = 0; i < 40; i++) {
      now = now.plusMillis(random.nextInt(2_000));
      long epoch = 1 + random.nextInt(3);
      String executor = "x" + random.nextInt(2);
      String child = random.nextBoolean() ? executor : "appmaster-app-1-" + epoch;
      all.addAll(
          switch (random.nextInt(8)) {
            case 0, 1 -> any.on(new LaunchAppMaster(APP, epoch, "master"), now);
            case 2 -> any.on(new LaunchExecutor(executor, APP, epoch, "am"), now);
            case 3 -> any.on(new StopExecutor(executor), now);
            case 4 -> any.on(new StopAppMaster("app-1", epoch), now);
            case 5 -> started(all, child) ? any.onTerminated(child, "it threw", now) : List.of();
            case 6 -> started(all, child) ? any.onStarted(child, "at-" + child) : List.of();
            default -> any.tick(now);
          });
    }
    all.addAll(any.on(new StopAppMaster("app-1", 9), now));
    all.addAll(any.on(new StopExecutor("x0"), now));
    all.addAll(any.on(new StopExecutor("x1"), now));
    all.addAll(any.tick(now.plusSeconds(6)));
    long starts = count(all, StartAppMaster.class) + count(all, StartExecutor.class);
    long ends = all.stream().filter(WorkerStateTest::endOfStarted).count();
    return starts == ends;
  }

  private static boolean started(List<WorkerDecision> all, String child) {
    boolean alive = false;
    for (WorkerDecision decision : all) {
      if (decision instanceof StartAppMaster m && m.child().equals(child)
          || decision instanceof StartExecutor x && x.child().equals(child)) {
        alive = true;
      } else if (endOfStarted(decision) && decision.toString().contains(end(child))) {
        alive = false;
      }
    }
    return alive;
  }

  private static String end(String child) {
    return child.startsWith("x")
        ? "executorId=" + child
        : "epoch=" + child.substring(child.lastIndexOf('-') + 1) + ",";
  }

  private static boolean endOfStarted(WorkerDecision decision) {
    return decision instanceof TellAppMaster m && m.message() instanceof ExecutorTerminated
        || decision instanceof TellMaster n
            && n.message() instanceof AppMasterTerminated t
            && !t.reason().startsWith("superseded")
            && !t.reason().endsWith("before it began");
  }

  private static long count(List<WorkerDecision> all, Class<?> kind) {
    return all.stream().filter(kind::isInstance).count();
  }

  @Test
  void shouldOfferFourSlotsACoreUnlessConfigured() {
    assertThat(WorkerDescription.of("node-1a2b", 2, 0, new String[] {"disk=ssd"})).isEqualTo(SELF);
    assertThat(WorkerDescription.of("node-1a2b", 2, 3, new String[0]).slots()).isEqualTo(3);
  }

  @Test
  void shouldTakeLabelsFromOneLine() {
    assertThat(
            WorkerDescription.of("n", 2, 0, new String[] {"disk=ssd, zone=a,", "gpu=2"}).labels())
        .isEqualTo(Map.of("disk", "ssd", "zone", "a", "gpu", "2"));
    assertThat(WorkerDescription.of("n", 2, 0, new String[] {""}).labels()).isEmpty();
  }

  @Test
  void shouldRefuseNegativeSlotsAndLabelsWithoutValue() {
    assertThatThrownBy(() -> WorkerDescription.of("n", 2, -1, new String[0]))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> WorkerDescription.of("n", 2, 0, new String[] {"ssd"}))
        .hasMessageContaining("'ssd' must be key=value");
  }

  private List<WorkerDecision> leads(String address, long epoch) {
    return state.onLeader(Optional.of(new Leader("node", address, epoch)), T0);
  }

  private void appMaster() {
    state.on(LAUNCH, T0);
    state.onStarted("appmaster-app-1-2", "am");
  }

  private void executor() {
    state.on(EXECUTOR, T0);
    state.onStarted("x0", "x-address");
  }
}
