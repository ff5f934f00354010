package io.geartrain.actor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.Props;
import akka.pattern.Patterns;
import io.geartrain.actor.GearDispatchers;
import io.geartrain.actor.RoleFactory;
import io.geartrain.protocol.ControlMessage;
import io.geartrain.protocol.MasterToWorker.ShutDownNode;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeActorsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final NodeActors actors = NodeActors.start("node-1234", List.of("worker", "master"));
  private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() throws Exception {
    actors.system().terminate();
    actors.system().getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldPassMessagesThroughTheSerializerInOneJvm() throws Exception {
    ActorRef actor = actors.system().actorOf(collector());
    ControlMessage sent = new WorkerRegistered(3);

    actor.tell(sent, ActorRef.noSender());

    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("started");
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(sent).isNotSameAs(sent);
  }

  @Test
  void shouldDropWhatIsNoControlMessage() throws Exception {
    ActorRef actor = actors.system().actorOf(collector());

    actor.tell(java.time.Instant.EPOCH, ActorRef.noSender());
    actor.tell(new WorkerRegistered(4), ActorRef.noSender());

    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("started");
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(new WorkerRegistered(4));
  }

  @Test
  void shouldResolveItsAddresses() throws Exception {
    ActorRef actor = actors.system().actorOf(collector(), "collector");

    String address = actors.addressOf(actor);
    actors.resolve(address).tell(new WorkerRegistered(5), ActorRef.noSender());

    assertThat(address).startsWith("akka://geartrain/user/collector#");
    assertThat(actors.address()).isEqualTo("akka://geartrain");
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("started");
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(new WorkerRegistered(5));
  }

  @Test
  void shouldRefuseToResolveWhatIsNoAddress() {
    assertThatThrownBy(() -> actors.resolve("somewhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("somewhere");
  }

  @Test
  void shouldProvideItsDispatchers() {
    for (String name :
        List.of(GearDispatchers.CONTROL, GearDispatchers.TASKS, GearDispatchers.BLOCKING)) {
      assertThat(actors.system().dispatchers().hasDispatcher(name)).as(name).isTrue();
      assertThat(actors.system().dispatchers().lookup(name)).isNotNull();
    }
  }

  @Test
  void shouldStartRolesAndStopThem() throws Exception {
    ActorRef guardian = actors.system().actorOf(NodeGuardian.props(actors, Duration.ofMillis(1)));
    RoleFactory factory = context -> collector();

    guardian.tell(new NodeGuardian.AddRole("worker", factory), ActorRef.noSender());
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("started");
    Patterns.ask(guardian, new NodeGuardian.RemoveRole("worker", factory), LIMIT)
        .toCompletableFuture()
        .get();

    assertThat(seen.poll()).isEqualTo("stopped");
  }

  @Test
  void shouldStartARoleAgainThatFailed() throws Exception {
    ActorRef guardian = actors.system().actorOf(NodeGuardian.props(actors, Duration.ofMillis(1)));
    AtomicInteger made = new AtomicInteger();
    BlockingQueue<ActorRef> refs = new LinkedBlockingQueue<>();
    RoleFactory factory =
        context -> {
          made.incrementAndGet();
          return Props.create(Collector.class, () -> new Collector(seen, refs));
        };

    guardian.tell(new NodeGuardian.AddRole("worker", factory), ActorRef.noSender());
    refs.poll(10, TimeUnit.SECONDS).tell(new ShutDownNode("fail"), ActorRef.noSender());

    await().atMost(LIMIT).until(() -> made.get() == 2);
    assertThat(refs.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void shouldReplaceARoleWhenANewFactoryComes() throws Exception {
    ActorRef guardian = actors.system().actorOf(NodeGuardian.props(actors, Duration.ofMillis(1)));
    RoleFactory first = context -> collector();
    BlockingQueue<Object> seenBySecond = new LinkedBlockingQueue<>();
    RoleFactory second =
        context ->
            Props.create(
                Collector.class, () -> new Collector(seenBySecond, new LinkedBlockingQueue<>()));

    guardian.tell(new NodeGuardian.AddRole("worker", first), ActorRef.noSender());
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("started");
    guardian.tell(new NodeGuardian.AddRole("worker", second), ActorRef.noSender());

    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("stopped");
    assertThat(seenBySecond.poll(10, TimeUnit.SECONDS)).isEqualTo("started");
  }

  private Props collector() {
    return Props.create(Collector.class, () -> new Collector(seen, new LinkedBlockingQueue<>()));
  }

  /** Keeps what it is told, and throws when told to fail. */
  static final class Collector extends AbstractActor {
    private final BlockingQueue<Object> seen;
    private final BlockingQueue<ActorRef> refs;

    Collector(BlockingQueue<Object> seen, BlockingQueue<ActorRef> refs) {
      this.seen = seen;
      this.refs = refs;
    }

    @Override
    public void preStart() {
      seen.add("started");
      refs.add(getSelf());
    }

    @Override
    public void postStop() {
      seen.add("stopped");
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              ShutDownNode.class,
              message -> {
                throw new IllegalStateException(message.reason());
              })
          .matchAny(seen::add)
          .build();
    }
  }
}
