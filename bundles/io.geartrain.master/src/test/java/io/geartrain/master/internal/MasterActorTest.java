package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.PoisonPill;
import akka.actor.Props;
import akka.pattern.Patterns;
import io.geartrain.actor.RoleContext;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.coordination.memory.InMemoryMetadataStore;
import io.geartrain.protocol.AppMasterToMaster.RequestSlots;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationView;
import io.geartrain.protocol.BundleView;
import io.geartrain.protocol.ClientToMaster;
import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.ClientToMaster.DeployBundle;
import io.geartrain.protocol.ClientToMaster.GetApplication;
import io.geartrain.protocol.ClientToMaster.GetCluster;
import io.geartrain.protocol.ClientToMaster.ListApplications;
import io.geartrain.protocol.ClientToMaster.ListBundles;
import io.geartrain.protocol.ClientToMaster.ListCheckpoints;
import io.geartrain.protocol.ClientToMaster.ListNodes;
import io.geartrain.protocol.ClientToMaster.SetScheduler;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.ClientToMaster.UndeployBundle;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster.SlotsDecided;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToClient.ApplicationsReply;
import io.geartrain.protocol.MasterToClient.BundleReply;
import io.geartrain.protocol.MasterToClient.BundlesReply;
import io.geartrain.protocol.MasterToClient.ClusterReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.NodesReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.Placement;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import io.geartrain.protocol.WorkerToMaster.RegisterWorker;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MasterActorTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ActorSystem system = TestRuntime.newSystem();
  private final InMemoryEnsemble ensemble = new InMemoryEnsemble();
  private final List<AutoCloseable> closeables = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    for (AutoCloseable each : closeables) {
      each.close();
    }
  }

  // ---- a cluster in one actor system

  private final class Node {
    final ExecutorService events = Executors.newSingleThreadExecutor();
    final InMemoryMetadataStore store;
    final Membership membership;
    final LeaderElection election;
    final MasterReadiness readiness = new MasterReadiness();
    final FakeBundles bundles = new FakeBundles();
    final TestRuntime runtime;
    final ActorRef master;

    Node(String id) {
      SchedulerHost schedulers = new SchedulerHost(Duration.ofSeconds(5));
      schedulers.add("spread", new FirstFit(), "b", "1", 1);
      schedulers.add("pack", new FirstFit(), "b", "1", 2);
      store = ensemble.connect(events);
      membership = store.newMembership();
      election = store.newElection();
      runtime = new TestRuntime(system, id);
      closeables.add(schedulers);
      closeables.add(store);
      closeables.add(events::shutdownNow);
      membership.join(
          Membership.NODES,
          id,
          new NodeInfoCodec()
              .write(new NodeInfo(id, "akka://geartrain", List.of(), "17", 1, Samples.START)));
      MasterServices services =
          new MasterServices(
              store,
              new FakeFiles(),
              election,
              membership,
              bundles,
              schedulers,
              readiness,
              new NodeInfoCodec(),
              MasterLimits.defaults(),
              Clock.systemUTC(),
              new Random(7),
              "spread");
      master = system.actorOf(MasterActor.props(RoleContext.ofNode(runtime), services), id);
    }

    Node leads() {
      await().atMost(LIMIT).until(() -> readiness.check().detail().startsWith(runtime.nodeId()));
      return this;
    }

    MasterToClient ask(ClientToMaster question) throws Exception {
      return (MasterToClient)
          Patterns.ask(master, question, LIMIT).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    ApplicationView application(String id) throws Exception {
      return ((ApplicationReply) ask(new GetApplication(id))).application();
    }
  }

  /** A worker, and the app masters on it: keeps what it is told. */
  private final class Worker {
    final List<ControlMessage> told = new CopyOnWriteArrayList<>();
    final ActorRef actor;
    final String address;

    Worker(String id) {
      actor = system.actorOf(Props.create(Recorder.class, () -> new Recorder(told)), id);
      address = new TestRuntime(system, "x").addressOf(actor);
    }

    Worker register(Node node, int slots) {
      node.membership.join(Membership.WORKERS, actor.path().name(), new byte[0]);
      return again(node, slots);
    }

    Worker again(Node node, int slots) {
      String id = actor.path().name();
      tell(node, new RegisterWorker(id, "node-1", address, slots, Map.of()));
      return this;
    }

    void tell(Node node, ControlMessage message) {
      node.master.tell(message, actor);
    }

    <T> T waitFor(Class<T> type) {
      await().atMost(LIMIT).until(() -> told.stream().anyMatch(type::isInstance));
      T found = told.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
      told.remove(found);
      return found;
    }

    /** Submits, and plays the app master until the application runs. */
    String run(Node node) throws Exception {
      var reply = Patterns.ask(node.master, Samples.submission(), LIMIT).toCompletableFuture();
      LaunchAppMaster launch = waitFor(LaunchAppMaster.class);
      String id = launch.spec().id();
      tell(node, new AppMasterLaunched(actor.path().name(), id, launch.epoch(), address));
      report(node, id, launch.epoch(), ApplicationState.PLANNING);
      tell(node, new RequestSlots(id, launch.epoch(), 2));
      report(node, id, launch.epoch(), ApplicationState.WAITING);
      assertThat(reply.get(20, TimeUnit.SECONDS)).isInstanceOf(ApplicationReply.class);
      assertThat(waitFor(SlotsDecided.class).placement())
          .allMatch(p -> p.decision() == Placement.Kind.ASSIGN);
      report(node, id, launch.epoch(), ApplicationState.RUNNING);
      await()
          .atMost(LIMIT)
          .until(() -> node.application(id).status().state() == ApplicationState.RUNNING);
      return id;
    }

    void report(Node node, String id, long epoch, ApplicationState state) {
      tell(node, new StatusReport(Samples.status(id, epoch, state)));
    }
  }

  static final class Recorder extends AbstractActor {
    private final List<ControlMessage> told;

    Recorder(List<ControlMessage> told) {
      this.told = told;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().match(ControlMessage.class, told::add).build();
    }
  }

  private static final class FakeBundles implements Bundles {
    final List<String> wanted = new CopyOnWriteArrayList<>();
    volatile String state = "PENDING";

    @Override
    public BundleDescription find(String nameOrDigest) {
      if (nameOrDigest.equals("example.wordcount")) {
        return BUNDLE;
      }
      if (nameOrDigest.equals("example.huge")) {
        return Samples.bundle("x".repeat(1_200_000));
      }
      throw new BundleProblem("unknown-bundle", "There is no bundle '" + nameOrDigest + "'");
    }

    @Override
    public Deployed deploy(MetadataStore fenced, String digest, String fileName) {
      fenced.create("/desired/bundles/" + digest, new byte[0]);
      wanted.add(digest);
      return new Deployed(BUNDLE, true);
    }

    @Override
    public void undeploy(MetadataStore fenced, String name) {
      wanted.remove(name);
    }

    @Override
    public List<BundleView> list(Set<String> liveNodes, Map<String, List<String>> used) {
      return List.of(view("upload", state));
    }

    private static BundleView view(String origin, String state) {
      String digest = origin.equals("upload") ? BUNDLE.digest() : "cd";
      return new BundleView(
          "b", "1", digest, origin, state, null, List.of(), List.of(), List.of(), List.of());
    }
  }

  // ---- what it does

  @Test
  void shouldRunAnApplicationToItsEnd() throws Exception {
    Node node = new Node("node-1").leads();
    Worker worker = new Worker("w-1").register(node, 4);

    String id = worker.run(node);
    ClusterReply cluster = (ClusterReply) node.ask(new GetCluster());
    assertThat(cluster.cluster().freeSlots()).isEqualTo(2);
    assertThat(cluster.cluster().applications()).containsEntry(ApplicationState.RUNNING, 1);
    worker.report(node, id, 1, ApplicationState.COMPLETED);

    await()
        .atMost(LIMIT)
        .until(() -> node.application(id).status().state() == ApplicationState.COMPLETED);
    assertThat(new AppRegistry(node.store).load().get(0).status().state())
        .isEqualTo(ApplicationState.COMPLETED);
    assertThat(node.readiness.check().ready()).isTrue();
  }

  @Test
  void shouldListNodes() throws Exception {
    Node node = new Node("node-1").leads();
    new Worker("w-1").register(node, 4);

    await()
        .atMost(LIMIT)
        .until(
            () ->
                ((NodesReply) node.ask(new ListNodes()))
                    .nodes().stream().anyMatch(view -> view.worker() != null));
  }

  @Test
  void shouldRefuseWhatIsUnknown() throws Exception {
    Node node = new Node("node-1").leads();

    assertThat(node.ask(new SubmitApplication("x", null, Map.of(), null, "ada")))
        .isEqualTo(new Refused("unknown-bundle", "There is no bundle 'x'", null));
    assertThat(node.ask(new CancelApplication("x", "ada"))).isInstanceOf(Refused.class);
    assertThat(node.ask(new SetScheduler("x", "ada"))).isInstanceOf(Refused.class);
    assertThat(node.ask(new SetScheduler("pack", "ada"))).isEqualTo(new Done());
  }

  @Test
  void shouldAnswerADeploymentWhenTheNodesHaveTheBundle() throws Exception {
    Node node = new Node("node-1").leads();

    var reply =
        Patterns.ask(node.master, new DeployBundle("ab", "b.jar", "ada"), LIMIT)
            .toCompletableFuture();
    await().atMost(LIMIT).until(() -> node.bundles.wanted.contains("ab"));
    assertThat(reply).isNotDone();
    node.bundles.state = "ACTIVE";

    BundleReply deployed = (BundleReply) reply.get(20, TimeUnit.SECONDS);
    assertThat(deployed.created()).isTrue();
    assertThat(deployed.bundle().state()).isEqualTo("ACTIVE");
    assertThat(((BundlesReply) node.ask(new ListBundles())).bundles()).hasSize(1);
    assertThat(node.ask(new UndeployBundle("ab", "ada"))).isEqualTo(new Done());
    assertThat(node.bundles.wanted).isEmpty();
  }

  @Test
  void shouldStandByWhileAnotherLeads() throws Exception {
    new Node("node-1").leads();
    Node second = new Node("node-2");
    await().atMost(LIMIT).until(() -> second.readiness.check().ready());

    assertThat(second.readiness.check().detail()).isEqualTo("stands by; node-1 leads, epoch 1");
    assertThat(second.ask(new ListApplications()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo("not-leader"));
  }

  @Test
  void shouldBeginAgainUnderANewLeader() throws Exception {
    Node first = new Node("node-1").leads();
    Worker worker = new Worker("w-1").register(first, 4);
    String id = worker.run(first);
    Node second = new Node("node-2");

    first.master.tell(PoisonPill.getInstance(), ActorRef.noSender());
    second.leads();
    worker.again(second, 4);

    LaunchAppMaster launch = worker.waitFor(LaunchAppMaster.class);
    assertThat(launch.epoch()).isEqualTo(2);
    assertThat(launch.spec().id()).isEqualTo(id);
    worker.report(second, id, 1, ApplicationState.COMPLETED);
    worker.report(second, id, 2, ApplicationState.RUNNING);
    await()
        .atMost(LIMIT)
        .until(() -> second.application(id).status().state() == ApplicationState.RUNNING);
  }

  @Test
  void shouldStepDownWhenItsEpochHasPassed() throws Exception {
    Node node = new Node("node-1").leads();
    Worker worker = new Worker("w-1").register(node, 4);
    String id = worker.run(node);
    InMemoryMetadataStore other = ensemble.connect(Runnable::run);
    CountDownLatch deaf = new CountDownLatch(1);
    node.events.execute(() -> waitFor(deaf)); // it does not hear that it was deposed

    Epoch.advance(other, LeaderElection.EPOCH_PATH, "node-9\nakka://geartrain/user/other");
    worker.report(node, id, 1, ApplicationState.COMPLETED);
    await().atMost(LIMIT).until(() -> node.ask(new ListApplications()) instanceof Refused);
    ApplicationState written = new AppRegistry(other).load().get(0).status().state();
    deaf.countDown();

    assertThat(written).isEqualTo(ApplicationState.RUNNING);
    // nothing was written under the old epoch; the same node is elected again, under a new one
    await()
        .atMost(LIMIT)
        .until(() -> node.readiness.check().detail().equals("node-1 leads, epoch 3"));
    assertThat(node.application(id).status().epoch()).isEqualTo(2);
    assertThat(node.application(id).status().state()).isEqualTo(ApplicationState.SUBMITTED);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void shouldWaitWithTheEndWhileTheStoreIsOutOfReach() throws Exception {
    Node node = new Node("node-1").leads();
    Worker worker = new Worker("w-1").register(node, 4);
    String id = worker.run(node);

    node.store.disconnect();
    worker.report(node, id, 1, ApplicationState.COMPLETED);
    await().atMost(LIMIT).until(() -> node.ask(new ListApplications()) instanceof Refused);
    node.store.reconnect();

    await()
        .atMost(LIMIT)
        .until(
            () ->
                node.ask(new ListApplications()) instanceof ApplicationsReply reply
                    && reply.applications().get(0).status().state() == ApplicationState.COMPLETED);
    assertThat(new AppRegistry(node.store).load().get(0).status().state())
        .isEqualTo(ApplicationState.COMPLETED);
  }

  @Test
  void shouldWriteAFailureDownHoweverMuchItSays() throws Exception {
    Node node = new Node("node-1").leads();
    Worker worker = new Worker("w-1").register(node, 4);
    String id = worker.run(node);
    String line = "x".repeat(2_000_000);
    Failure failure =
        new Failure("task-failed", "split", "split/0", "x", null, line, line + "\n\tat x", line);

    worker.tell(
        node,
        new StatusReport(
            AppEntry.with(
                Samples.status(id, 1, ApplicationState.FAILED),
                ApplicationState.FAILED,
                null,
                failure)));

    await()
        .atMost(LIMIT)
        .until(() -> node.application(id).status().state() == ApplicationState.FAILED);
    assertThat(new AppRegistry(node.store).load().get(0).status().failure().message())
        .startsWith("xxx")
        .contains("characters left out");
    assertThat(node.readiness.check().detail()).isEqualTo("node-1 leads, epoch 1");
  }

  @Test
  void shouldRefuseWhatCanNotBeWrittenDown() throws Exception {
    Node node = new Node("node-1").leads();
    Worker worker = new Worker("w-1").register(node, 4);

    Refused refused =
        (Refused) node.ask(new SubmitApplication("example.huge", "huge", Map.of(), null, "ada"));

    assertThat(refused.code()).isEqualTo("bad-request");
    assertThat(refused.message())
        .startsWith("Application huge can't be written down: /apps/huge-")
        .contains("is longer than 1000000");
    assertThat(((ApplicationsReply) node.ask(new ListApplications())).applications()).isEmpty();
    assertThat(worker.waitFor(StopAppMaster.class).applicationId()).startsWith("huge-");
    assertThat(node.readiness.check().detail()).isEqualTo("node-1 leads, epoch 1");
  }

  @Test
  void shouldRefuseWhatNoPlaceOfTheStoreIsCalled() throws Exception {
    Node node = new Node("node-1").leads();

    Refused refused = (Refused) node.ask(new ListCheckpoints(".."));

    assertThat(refused.code()).isEqualTo("bad-request");
    assertThat(refused.message()).contains("/apps/../ckpt");
    assertThat(node.readiness.check().detail()).isEqualTo("node-1 leads, epoch 1");
  }

  @Test
  void shouldLoseAWorkerWhoseActorEnds() throws Exception {
    Node node = new Node("node-1").leads();
    Worker worker = new Worker("w-1").register(node, 4);
    String id = worker.run(node);

    worker.actor.tell(PoisonPill.getInstance(), ActorRef.noSender());

    await().atMost(LIMIT).until(() -> node.application(id).status().epoch() == 2);
    assertThat(((ClusterReply) node.ask(new GetCluster())).cluster().workers()).isZero();
  }
}
