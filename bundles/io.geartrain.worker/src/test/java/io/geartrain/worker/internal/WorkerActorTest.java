package io.geartrain.worker.internal;

import static io.geartrain.worker.internal.Samples.APP;
import static io.geartrain.worker.internal.Samples.SELF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.Props;
import akka.testkit.javadsl.TestKit;
import io.geartrain.actor.RoleFactory;
import io.geartrain.coordination.Leader;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.LeaderListener;
import io.geartrain.coordination.Member;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.Registration;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.AppMasterToWorker.StopExecutor;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.ShutDownNode;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorLaunched;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorRefused;
import io.geartrain.protocol.WorkerToAppMaster.ExecutorTerminated;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.spi.ReadinessCheck.Readiness;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerActorTest {

  private final TestRuntime runtime = TestRuntime.start();
  private final TestKit master = new TestKit(runtime.system());
  private final TestKit appMaster = new TestKit(runtime.system());
  private final FakeCoordination coordination = new FakeCoordination();
  private final Map<String, RoleFactory> factories = new ConcurrentHashMap<>();
  private final List<String> stops = new CopyOnWriteArrayList<>();
  private volatile Readiness readiness;
  private final ActorRef worker =
      runtime
          .system()
          .actorOf(
              WorkerActor.props(
                  runtime,
                  SELF,
                  new WorkerActor.Surroundings(
                      coordination,
                      coordination,
                      name -> Optional.ofNullable(factories.get(name)),
                      told -> readiness = told,
                      me -> {},
                      stops::add,
                      Clock.systemUTC())));

  @AfterEach
  void stop() {
    TestKit.shutdownActorSystem(runtime.system());
  }

  @Test
  void shouldJoinAndBecomeReadyOnceTheLeaderKnowsIt() {
    assertThat(lead()).isEqualTo(hello());
    assertThat(readiness.ready()).isFalse();

    worker.tell(new WorkerRegistered(1), master.getRef());

    await().until(() -> readiness.ready());
    assertThat(readiness.detail()).isEqualTo("w-1a2b 8 slots");
    assertThat(coordination.joined.get("workers/w-1a2b")).contains("\"slots\":8", "\"ssd\"");
  }

  @Test
  void shouldLeaveWhenItStops() {
    lead();

    runtime.system().stop(worker);

    await().until(() -> coordination.joined.isEmpty() && coordination.watchers.isEmpty());
    assertThat(readiness.ready()).isFalse();
  }

  @Test
  void shouldLaunchChildrenAndTellTheirEnd() {
    factories.put("appmaster", context -> Props.create(Child.class, Child::new));
    factories.put("executor", context -> Props.create(Child.class, Child::new));

    worker.tell(new LaunchAppMaster(APP, 1, address(master)), master.getRef());
    AppMasterLaunched launched = master.expectMsgClass(AppMasterLaunched.class);
    worker.tell(new LaunchExecutor("x0", APP, 1, address(appMaster)), appMaster.getRef());
    appMaster.expectMsgClass(ExecutorLaunched.class);
    worker.tell(new StopExecutor("x0"), appMaster.getRef());
    appMaster.expectMsg(new ExecutorTerminated("x0", "w-1a2b", "its app master asked for it"));

    runtime.resolve(launched.address()).tell(new WorkerRegistered(0), ActorRef.noSender());
    assertThat(master.expectMsgClass(AppMasterTerminated.class).reason())
        .contains("IllegalStateException", "broken");
  }

  @Test
  void shouldRefuseWhatNoBundlePlays() {
    worker.tell(new LaunchExecutor("x0", APP, 1, address(appMaster)), appMaster.getRef());

    assertThat(appMaster.expectMsgClass(ExecutorRefused.class).failure().message())
        .contains("w-1a2b", "executor");
  }

  @Test
  void shouldRefuseWhatCannotBeMade() {
    factories.put(
        "executor",
        context -> {
          throw new NoClassDefFoundError("gone");
        });

    worker.tell(new LaunchExecutor("x0", APP, 1, address(appMaster)), appMaster.getRef());

    assertThat(appMaster.expectMsgClass(ExecutorRefused.class).failure().code())
        .isEqualTo("launch-failed");
  }

  @Test
  void shouldStopTheActorsOfARoleWhoseBundleGoes() {
    factories.put("executor", context -> Props.create(Child.class, Child::new));
    worker.tell(new LaunchExecutor("x0", APP, 1, address(appMaster)), appMaster.getRef());
    appMaster.expectMsgClass(ExecutorLaunched.class);

    worker.tell(new WorkerActor.RoleGone("executor"), ActorRef.noSender());

    assertThat(appMaster.expectMsgClass(ExecutorTerminated.class).reason())
        .contains("bundle of role executor");
  }

  @Test
  void shouldStopTheNodeWhenTheMasterAsks() {
    worker.tell(new ShutDownNode("by admin"), master.getRef());

    await().untilAsserted(() -> assertThat(stops).containsExactly("by admin"));
  }

  @Test
  void shouldRefuseAModeOfExecutorsThatIsNotThere() {
    assertThatThrownBy(() -> WorkerRole.requireEmbedded("process"))
        .hasMessageContaining("not available yet")
        .hasMessageContaining("embedded");
    assertThatThrownBy(() -> WorkerRole.requireEmbedded("x")).hasMessageContaining("'x'");
  }

  private RegisterWorker lead() {
    await().until(() -> !coordination.watchers.isEmpty());
    coordination.lead(new Leader("node-1a2b", address(master), 1));
    return master.expectMsgClass(RegisterWorker.class);
  }

  private RegisterWorker hello() {
    return new RegisterWorker(
        "w-1a2b", "node-1a2b", runtime.addressOf(worker), 8, Map.of("disk", "ssd"));
  }

  private String address(TestKit probe) {
    return runtime.addressOf(probe.getRef());
  }

  /** Throws on any message. */
  private static final class Child extends AbstractActor {
    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .matchAny(
              m -> {
                throw new IllegalStateException("broken");
              })
          .build();
    }
  }

  private static final class FakeCoordination implements LeaderElection, Membership {
    final Map<String, String> joined = new ConcurrentHashMap<>();
    final List<Consumer<Optional<Leader>>> watchers = new CopyOnWriteArrayList<>();

    void lead(Leader leader) {
      watchers.forEach(watcher -> watcher.accept(Optional.of(leader)));
    }

    @Override
    public Candidacy start(String candidateId, String address, LeaderListener listener) {
      throw new UnsupportedOperationException("a worker is no candidate");
    }

    @Override
    public Optional<Leader> leader() {
      return Optional.empty();
    }

    @Override
    public Registration watchLeader(Consumer<Optional<Leader>> listener) {
      watchers.add(listener);
      return () -> watchers.remove(listener);
    }

    @Override
    public Ticket join(String kind, String id, byte[] data) {
      String path = kind + "/" + id;
      joined.put(path, new String(data, StandardCharsets.UTF_8));
      return new Ticket() {
        @Override
        public void update(byte[] next) {
          joined.put(path, new String(next, StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
          joined.remove(path);
        }
      };
    }

    @Override
    public List<Member> members(String kind) {
      return List.of();
    }

    @Override
    public Registration watch(String kind, Consumer<List<Member>> listener) {
      return () -> {};
    }
  }
}
