package io.geartrain.coordination.zookeeper.internal;

import static io.geartrain.coordination.MetadataStore.ANY_VERSION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.Leader;
import io.geartrain.coordination.LeaderElection.Candidacy;
import io.geartrain.coordination.LeaderListener;
import io.geartrain.coordination.Member;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionState;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.WatchEvent;
import io.geartrain.coordination.WatchEvent.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store, election and membership has to hold to; run on each implementation. */
abstract class CoordinationContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private TestCluster cluster;
  private TestCluster.Process process;
  private MetadataStore store;

  abstract TestCluster newCluster() throws Exception;

  @BeforeEach
  void start() throws Exception {
    cluster = newCluster();
    process = cluster.newProcess();
    store = process.store();
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  // nodes

  @Test
  void shouldReadWhatWasCreatedWithItsParents() {
    store.create("/apps/a1/spec", bytes("x"));

    assertThat(store.get("/apps/a1/spec")).contains(new Versioned(bytes("x"), 0));
    assertThat(store.get("/apps/a1")).contains(new Versioned(new byte[0], 0));
    assertThat(store.exists("/apps")).isTrue();
    assertThat(store.get("/nothing")).isEmpty();
    assertThat(store.exists("/nothing")).isFalse();
  }

  @Test
  void shouldListChildrenSortedAndNoGrandchildren() {
    for (String name : List.of("c", "a", "b", "a/below")) {
      store.create("/apps/" + name, new byte[0]);
    }
    store.create("/apps-other", new byte[0]);

    assertThat(store.children("/apps")).containsExactly("a", "b", "c");
    assertThat(store.children("/apps/b")).isEmpty();
    assertThat(store.children("/nothing")).isEmpty();
    assertThat(store.children("/")).containsExactly("apps", "apps-other");
  }

  @Test
  void shouldRefuseToCreateTwice() {
    store.create("/a", bytes("1"));

    assertThatThrownBy(() -> store.create("/a", bytes("2")))
        .isInstanceOf(CoordinationException.NodeExists.class)
        .hasMessageContaining("/a");
    assertThat(text("/a")).isEqualTo("1");
  }

  @Test
  void shouldSetOnlyTheExpectedVersion() {
    store.create("/a", bytes("0"));

    assertThat(store.set("/a", bytes("1"), 0)).isEqualTo(1);
    assertThat(store.set("/a", bytes("2"), ANY_VERSION)).isEqualTo(2);
    CoordinationException.BadVersion refused =
        catchThrowableOfType(
            CoordinationException.BadVersion.class, () -> store.set("/a", bytes("x"), 1));

    assertThat(refused.path()).isEqualTo("/a");
    assertThat(refused.expected()).isEqualTo(1);
    assertThat(refused.found()).isEqualTo(2);
    assertThat(refused.retryable()).isFalse();
    assertThat(store.get("/a")).contains(new Versioned(bytes("2"), 2));
    assertThatThrownBy(() -> store.set("/nothing", bytes("x"), 0))
        .isInstanceOf(CoordinationException.NoNode.class)
        .hasMessageContaining("/nothing");
  }

  @Test
  void shouldDeleteOnlyTheExpectedVersionAndNoParent() {
    store.create("/a/b", bytes("0"));

    assertThatThrownBy(() -> store.delete("/a", ANY_VERSION))
        .isInstanceOf(CoordinationException.NotEmpty.class);
    assertThatThrownBy(() -> store.delete("/a/b", 7))
        .isInstanceOf(CoordinationException.BadVersion.class)
        .hasMessageContaining("7");
    store.delete("/a/b", 0);
    assertThatThrownBy(() -> store.delete("/a/b", 0))
        .isInstanceOf(CoordinationException.NoNode.class);
    store.delete("/a", ANY_VERSION);
    assertThat(store.exists("/a")).isFalse();
  }

  @Test
  void shouldStartAtVersionZeroAgainAfterDelete() {
    store.create("/a", bytes("0"));
    store.set("/a", bytes("1"), 0);
    store.delete("/a", 1);
    store.create("/a", bytes("2"));

    assertThat(store.get("/a")).contains(new Versioned(bytes("2"), 0));
  }

  @Test
  void shouldRefuseMalformedPathsAndHugeValues() {
    for (String path : List.of("", "a", "/a/", "//a", "/a//b", "/a/../b")) {
      assertThatThrownBy(() -> store.get(path)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.create(path, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> store.create("/a", new byte[Op.MAX_DATA_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/a");
  }

  @Test
  void shouldLoseNoUpdateWhenManyCompareAndSet() throws Exception {
    store.create("/counter", bytes("0"));
    MetadataStore other = cluster.newProcess().store();

    inParallel(
        4,
        i -> {
          MetadataStore mine = i % 2 == 0 ? store : other;
          for (int n = 0; n < 25; n++) {
            increment(mine);
          }
          return null;
        });

    assertThat(store.get("/counter").orElseThrow().version()).isEqualTo(100);
    assertThat(text("/counter")).isEqualTo("100");
  }

  private static void increment(MetadataStore store) {
    while (true) {
      Versioned found = store.get("/counter").orElseThrow();
      try {
        int next = Integer.parseInt(found.text()) + 1;
        store.set("/counter", bytes("" + next), found.version());
        return;
      } catch (CoordinationException.BadVersion raced) {
        // once more with what the other has written
      }
    }
  }

  // transactions

  @Test
  void shouldDoAllStepsOfAMulti() {
    store.create("/a", bytes("0"));
    store.create("/gone", bytes("0"));

    List<Integer> versions =
        store.multi(
            List.of(
                Op.check("/a", 0),
                Op.set("/a", bytes("1"), 0),
                Op.create("/new/deep/er", bytes("2")),
                Op.create("/new/deep/sibling", bytes("3")),
                Op.delete("/gone", 0)));

    assertThat(versions).containsExactly(ANY_VERSION, 1, 0, 0, ANY_VERSION);
    assertThat(text("/a")).isEqualTo("1");
    assertThat(store.children("/new/deep")).containsExactly("er", "sibling");
    assertThat(store.exists("/gone")).isFalse();
    assertThat(store.multi(List.of())).isEmpty();
  }

  @Test
  void shouldDoNothingWhenOneStepOfAMultiFails() throws Exception {
    store.create("/a", bytes("0"));
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store.watch("/", events::add);
    eventually(() -> assertThat(events).isNotEmpty());
    events.clear();

    assertThatThrownBy(
            () ->
                store.multi(
                    List.of(
                        Op.set("/a", bytes("1"), 0),
                        Op.create("/b/c", bytes("2")),
                        Op.delete("/a", 0))))
        .isInstanceOfSatisfying(
            CoordinationException.BadVersion.class, e -> assertThat(e.path()).isEqualTo("/a"));
    assertThatThrownBy(
            () -> store.multi(List.of(Op.create("/b/c", bytes("2")), Op.check("/nothing", 0))))
        .isInstanceOfSatisfying(
            CoordinationException.NoNode.class, e -> assertThat(e.path()).isEqualTo("/nothing"));
    assertThatThrownBy(
            () -> store.multi(List.of(Op.set("/a", bytes("1"), 0), Op.create("/a", bytes("2")))))
        .isInstanceOf(CoordinationException.NodeExists.class);

    assertThat(store.get("/a")).contains(new Versioned(bytes("0"), 0));
    assertThat(store.exists("/b")).isFalse();
    store.create("/end", new byte[0]);
    eventually(() -> assertThat(events).containsExactly(new WatchEvent("/end", Kind.CREATED)));
  }

  @Test
  void shouldCreateSharedParentsOnceWhenManyCreate() throws Exception {
    MetadataStore other = cluster.newProcess().store();

    inParallel(
        8,
        i -> {
          (i % 2 == 0 ? store : other).create("/p/q/r" + (i / 4) + "/n" + i, new byte[0]);
          return null;
        });

    assertThat(store.children("/p/q/r0")).hasSize(4);
    assertThat(store.children("/p/q/r1")).hasSize(4);
  }

  // sessions

  @Test
  void shouldKeepEphemeralsAsLongAsTheSession() throws Exception {
    TestCluster.Process other = cluster.newProcess();
    other.store().createEphemeral("/live/one", bytes("1"));
    other.store().create("/stay", bytes("2"));
    assertThat(store.exists("/live/one")).isTrue();
    assertThatThrownBy(() -> store.create("/live/one/below", new byte[0]))
        .isInstanceOf(CoordinationException.Failed.class);

    other.close();

    eventually(() -> assertThat(store.exists("/live/one")).isFalse());
    assertThat(store.exists("/stay")).isTrue();
    assertThatThrownBy(() -> other.store().get("/stay"))
        .isInstanceOf(CoordinationException.Failed.class)
        .hasMessageContaining("closed");
  }

  @Test
  void shouldTellTheStatesOfTheSessionInOrder() throws Exception {
    List<SessionState> states = new CopyOnWriteArrayList<>();
    Registration registration = store.watchSession(states::add);
    store.createEphemeral("/mine", new byte[0]);
    eventually(() -> assertThat(states).containsExactly(SessionState.CONNECTED));

    process.expire();

    eventually(
        () ->
            assertThat(states)
                .containsExactly(
                    SessionState.CONNECTED,
                    SessionState.SUSPENDED,
                    SessionState.LOST,
                    SessionState.RECONNECTED));
    assertThat(store.session()).isEqualTo(SessionState.RECONNECTED);
    assertThat(store.exists("/mine")).isFalse();
    registration.close();
  }

  @Test
  void shouldBeUnavailableWhileCutOffAndKeepASessionThatIsBackInTime() throws Exception {
    List<SessionState> states = new CopyOnWriteArrayList<>();
    store.watchSession(states::add);
    store.createEphemeral("/mine", new byte[0]);

    process.cut();
    assertThatThrownBy(() -> store.get("/mine"))
        .isInstanceOfSatisfying(
            CoordinationException.Unavailable.class, e -> assertThat(e.retryable()).isTrue());
    assertThatThrownBy(() -> store.create("/x", new byte[0]))
        .isInstanceOf(CoordinationException.Unavailable.class);
    eventually(() -> assertThat(store.session()).isEqualTo(SessionState.SUSPENDED));
    process.heal();

    eventually(() -> assertThat(states).endsWith(SessionState.RECONNECTED));
    assertThat(states)
        .containsExactly(SessionState.CONNECTED, SessionState.SUSPENDED, SessionState.RECONNECTED);
    assertThat(store.exists("/mine")).isTrue();
    assertThat(store.exists("/x")).isFalse();
  }

  // watches

  @Test
  void shouldTellChangesOfTheWatchedSubTreeInOrder() throws Exception {
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store.watch("/apps", events::add);
    eventually(() -> assertThat(events).startsWith(new WatchEvent("/apps", Kind.RESYNC)));
    MetadataStore other = cluster.newProcess().store();

    other.create("/apps/a", bytes("0"));
    other.create("/apps-other", bytes("0"));
    other.set("/apps/a", bytes("1"), 0);
    other.delete("/apps/a", 1);

    eventually(
        () ->
            // a watch that is set while the store connects may hear of its first RESYNC twice
            assertThat(events.stream().filter(event -> event.kind() != Kind.RESYNC))
                .containsExactly(
                    new WatchEvent("/apps", Kind.CREATED),
                    new WatchEvent("/apps/a", Kind.CREATED),
                    new WatchEvent("/apps/a", Kind.CHANGED),
                    new WatchEvent("/apps/a", Kind.DELETED)));
  }

  @Test
  void shouldTellEachOfOverlappingWatchesOnceAndClosedOnesNothing() throws Exception {
    List<WatchEvent> outer = new CopyOnWriteArrayList<>();
    List<WatchEvent> inner = new CopyOnWriteArrayList<>();
    List<WatchEvent> closed = new CopyOnWriteArrayList<>();
    store.watch("/a", outer::add);
    store.watch("/a/b", inner::add);
    Registration registration = store.watch("/a/b", closed::add);
    eventually(() -> assertThat(List.of(outer, inner, closed)).noneMatch(List::isEmpty));
    registration.close();
    registration.close();
    closed.clear();

    store.create("/a/b", new byte[0]);
    store.delete("/a/b", 0);

    eventually(() -> assertThat(outer).endsWith(new WatchEvent("/a/b", Kind.DELETED)));
    assertThat(outer.stream().filter(e -> e.kind() == Kind.CREATED)).hasSize(2);
    eventually(
        () ->
            assertThat(inner.stream().filter(e -> e.kind() != Kind.RESYNC))
                .containsExactly(
                    new WatchEvent("/a/b", Kind.CREATED), new WatchEvent("/a/b", Kind.DELETED)));
    assertThat(closed).isEmpty();
  }

  @Test
  void shouldWatchAgainARootThatWasWatchedBefore() throws Exception {
    store.watch("/a", event -> {}).close();
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store.watch("/a", events::add);
    eventually(() -> assertThat(events).isNotEmpty());

    store.create("/a", new byte[0]);

    eventually(() -> assertThat(events).contains(new WatchEvent("/a", Kind.CREATED)));
  }

  @Test
  void shouldGoOnWithOtherListenersWhenOneThrows() throws Exception {
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store.watch(
        "/a",
        event -> {
          throw new IllegalStateException("a listener that fails, on purpose");
        });
    store.watch("/a", events::add);

    store.create("/a", new byte[0]);

    eventually(() -> assertThat(events).contains(new WatchEvent("/a", Kind.CREATED)));
  }

  @Test
  void shouldLetAListenerReadWhatItWasToldOf() throws Exception {
    List<String> read = new CopyOnWriteArrayList<>();
    store.watch("/a", event -> store.get(event.path()).map(Versioned::text).ifPresent(read::add));

    cluster.newProcess().store().create("/a", bytes("news"));

    eventually(() -> assertThat(read).contains("news"));
  }

  @Test
  void shouldResyncWhatWasMissedWhileCutOff() throws Exception {
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store.watch("/a", events::add);
    eventually(() -> assertThat(events).isNotEmpty());
    MetadataStore other = cluster.newProcess().store();

    process.cut();
    events.clear();
    other.create("/a/missed", new byte[0]);
    process.heal();

    eventually(() -> assertThat(events).contains(new WatchEvent("/a", Kind.RESYNC)));
    assertThat(store.exists("/a/missed")).isTrue();
    other.create("/a/seen", new byte[0]);
    eventually(() -> assertThat(events).contains(new WatchEvent("/a/seen", Kind.CREATED)));
  }

  @Test
  void shouldWatchOnInANewSession() throws Exception {
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store.watch("/a", events::add);
    eventually(() -> assertThat(events).isNotEmpty());
    events.clear();

    process.expire();

    eventually(() -> assertThat(events).contains(new WatchEvent("/a", Kind.RESYNC)));
    cluster.newProcess().store().create("/a", new byte[0]);
    eventually(
        () ->
            assertThat(events.stream().filter(e -> e.kind() == Kind.CREATED))
                .containsExactly(new WatchEvent("/a", Kind.CREATED)));
  }

  // epochs

  @Test
  void shouldRefuseWritesOfAPassedEpoch() {
    Epoch first = Epoch.advance(store, "/apps/a/epoch", "me");
    MetadataStore old = first.guard(store);
    old.create("/apps/a/state", bytes("0"));
    Epoch second = Epoch.advance(store, "/apps/a/epoch", "you");

    assertThat(second.value()).isGreaterThan(first.value());
    assertThat(Epoch.current(store, "/apps/a/epoch")).contains(second);
    assertFenced(() -> old.create("/apps/a/new", new byte[0]));
    assertFenced(() -> old.createEphemeral("/apps/a/new", new byte[0]));
    assertFenced(() -> old.set("/apps/a/state", bytes("1"), 0));
    assertFenced(() -> old.delete("/apps/a/state", ANY_VERSION));
    assertFenced(() -> old.multi(List.of(Op.create("/apps/a/new", new byte[0]))));
    assertThat(old.get("/apps/a/state")).contains(new Versioned(bytes("0"), 0));
    assertThat(second.guard(store).set("/apps/a/state", bytes("2"), 0)).isEqualTo(1);
    assertThat(store.exists("/apps/a/new")).isFalse();
  }

  @Test
  void shouldTellAnOrdinaryConflictFromAPassedEpoch() {
    MetadataStore guarded = Epoch.advance(store, "/epoch", "me").guard(store);

    assertThatThrownBy(() -> guarded.set("/nothing", new byte[0], 0))
        .isInstanceOf(CoordinationException.NoNode.class)
        .hasMessageContaining("/nothing");
  }

  @Test
  void shouldGiveEachEpochOnceWhenManyAdvance() throws Exception {
    MetadataStore other = cluster.newProcess().store();
    Set<Long> values = ConcurrentHashMap.newKeySet();

    inParallel(
        4,
        i -> {
          for (int n = 0; n < 5; n++) {
            values.add(Epoch.advance(i % 2 == 0 ? store : other, "/epoch", "p" + i).value());
          }
          return null;
        });

    assertThat(values).hasSize(20).contains(1L, 20L);
  }

  @Test
  void shouldSayWhatAnEpochNodeHoldsInstead() {
    store.create("/epoch", bytes("rubbish"));

    assertThatThrownBy(() -> Epoch.advance(store, "/epoch", "me"))
        .isInstanceOf(CoordinationException.Failed.class)
        .hasMessageContaining("/epoch")
        .hasMessageContaining("rubbish");
  }

  // election

  @Test
  void shouldElectTheOnlyCandidateAndTellWhoLeads() throws Exception {
    List<Optional<Leader>> seen = new CopyOnWriteArrayList<>();
    process.election().watchLeader(seen::add);
    eventually(() -> assertThat(seen).containsExactly(Optional.empty()));
    Reign reign = new Reign();

    Candidacy candidacy = process.election().start("node-a", "akka://a", reign);

    eventually(() -> assertThat(reign.calls).containsExactly("elected 1"));
    assertThat(candidacy.leads()).isTrue();
    Optional<Leader> leader = Optional.of(new Leader("node-a", "akka://a", 1));
    assertThat(process.election().leader()).isEqualTo(leader);
    assertThat(cluster.newProcess().election().leader()).isEqualTo(leader);
    eventually(() -> assertThat(seen).endsWith(leader));

    candidacy.close();
    candidacy.close();

    assertThat(reign.calls).hasSize(2).last().asString().startsWith("demoted");
    assertThat(candidacy.leads()).isFalse();
    eventually(() -> assertThat(process.election().leader()).isEmpty());
    eventually(() -> assertThat(seen).endsWith(Optional.empty()));
  }

  @Test
  void shouldElectOneOfTwoAndTheOtherWhenItWithdraws() throws Exception {
    Reign first = new Reign();
    Reign second = new Reign();
    Candidacy candidacy = process.election().start("node-a", "a", first);
    eventually(() -> assertThat(first.calls).containsExactly("elected 1"));
    TestCluster.Process other = cluster.newProcess();
    Candidacy waiting = other.election().start("node-b", "b", second);

    candidacy.close();

    eventually(() -> assertThat(second.calls).containsExactly("elected 2"));
    assertThat(waiting.leads()).isTrue();
    assertThat(process.election().leader()).contains(new Leader("node-b", "b", 2));
    assertFenced(() -> first.epoch().guard(store).create("/late", new byte[0]));
    second.epoch().guard(other.store()).create("/fine", new byte[0]);
  }

  @Test
  void shouldElectAnotherWhenTheSessionOfTheLeaderExpires() throws Exception {
    Reign first = new Reign();
    Reign second = new Reign();
    process.election().start("node-a", "a", first);
    eventually(() -> assertThat(first.calls).containsExactly("elected 1"));
    cluster.newProcess().election().start("node-b", "b", second);
    eventually(() -> assertThat(store.children("/leader")).hasSize(2));

    process.expire();

    eventually(() -> assertThat(second.calls).containsExactly("elected 2"));
    eventually(() -> assertThat(first.calls).last().asString().startsWith("demoted"));
    assertThat(process.election().leader()).contains(new Leader("node-b", "b", 2));
  }

  @Test
  void shouldLetALeaderStopActingWhileCutOffAndGoOnAfterwards() throws Exception {
    Reign reign = new Reign();
    Candidacy candidacy = process.election().start("node-a", "a", reign);
    eventually(() -> assertThat(reign.calls).containsExactly("elected 1"));

    process.cut();
    eventually(() -> assertThat(reign.calls).containsExactly("elected 1", "suspended"));
    assertThat(candidacy.leads()).isFalse();
    process.heal();

    eventually(() -> assertThat(reign.calls).containsExactly("elected 1", "suspended", "resumed"));
    assertThat(candidacy.leads()).isTrue();
    reign.epoch().guard(store).create("/fine", new byte[0]);
  }

  @Test
  void shouldFenceALeaderThatWasCutOffTooLong() throws Exception {
    Reign first = new Reign();
    Reign second = new Reign();
    process.election().start("node-a", "a", first);
    eventually(() -> assertThat(first.calls).containsExactly("elected 1"));
    Candidacy other = cluster.newProcess().election().start("node-b", "b", second);
    eventually(() -> assertThat(store.children("/leader")).hasSize(2));

    process.cut();
    process.awaitExpiryOnServer();
    eventually(() -> assertThat(second.calls).containsExactly("elected 2"));
    process.heal();

    eventually(() -> assertThat(first.calls).last().asString().startsWith("demoted"));
    eventually(() -> assertFenced(() -> first.epoch().guard(store).create("/late", new byte[0])));
    other.close();
    eventually(() -> assertThat(first.calls).last().asString().isEqualTo("elected 3"));
  }

  @Test
  void shouldStepDownWhenALaterEpochBeginsBesideTheLatch() throws Exception {
    Reign reign = new Reign();
    process.election().start("node-a", "a", reign);
    eventually(() -> assertThat(reign.calls).containsExactly("elected 1"));

    Epoch.advance(store, "/epoch", "node-x\nx");

    eventually(() -> assertThat(reign.calls).hasSize(3));
    assertThat(reign.calls.get(1)).startsWith("demoted");
    assertThat(reign.calls.get(2)).isEqualTo("elected 3");
  }

  @Test
  void shouldRaiseTheEpochAtEachElection() throws Exception {
    for (long expected = 1; expected <= 4; expected++) {
      Reign reign = new Reign();
      Candidacy candidacy = process.election().start("node-a", "a", reign);
      String elected = "elected " + expected;
      eventually(() -> assertThat(reign.calls).containsExactly(elected));
      candidacy.close();
    }
  }

  @Test
  void shouldGiveTheLeadershipUpWhenTheLeaderFails() throws Exception {
    process
        .election()
        .start(
            "node-a",
            "a",
            new LeaderListener() {
              @Override
              public void onElected(Epoch epoch) {
                throw new IllegalStateException("a leader that fails, on purpose");
              }

              @Override
              public void onDemoted(String reason) {}
            });
    eventually(() -> assertThat(Epoch.current(store, "/epoch")).isPresent());
    Reign second = new Reign();

    cluster.newProcess().election().start("node-b", "b", second);

    eventually(() -> assertThat(second.calls).containsExactly("elected 2"));
  }

  // membership

  @Test
  void shouldTellWhoJoinsChangesAndLeaves() throws Exception {
    List<List<Member>> seen = new CopyOnWriteArrayList<>();
    cluster.newProcess().membership().watch("workers", seen::add);
    eventually(() -> assertThat(seen).containsExactly(List.of()));

    Membership.Ticket b = process.membership().join("workers", "b", bytes("1"));
    Membership.Ticket a = process.membership().join("workers", "a", bytes("2"));
    process.membership().join("nodes", "c", bytes("3"));

    assertThat(process.membership().members("workers"))
        .containsExactly(member("a", "2"), member("b", "1"));
    eventually(() -> assertThat(seen).endsWith(List.of(member("a", "2"), member("b", "1"))));
    b.update(bytes("9"));
    eventually(() -> assertThat(seen).endsWith(List.of(member("a", "2"), member("b", "9"))));
    a.close();
    a.close();
    eventually(() -> assertThat(seen).endsWith(List.of(member("b", "9"))));
  }

  @Test
  void shouldRegisterAgainAfterALostSession() throws Exception {
    TestCluster.Process other = cluster.newProcess();
    List<List<Member>> seen = new CopyOnWriteArrayList<>();
    other.membership().watch("workers", seen::add);
    Membership.Ticket ticket = process.membership().join("workers", "a", bytes("1"));
    eventually(() -> assertThat(seen).endsWith(List.of(member("a", "1"))));

    process.expire();

    eventually(() -> assertThat(other.membership().members("workers")).hasSize(1));
    process.cut();
    ticket.update(bytes("2"));
    process.awaitExpiryOnServer();
    eventually(() -> assertThat(other.membership().members("workers")).isEmpty());
    process.heal();
    eventually(
        () -> assertThat(other.membership().members("workers")).containsExactly(member("a", "2")));
  }

  @Test
  void shouldReplaceALeftOverAndNotFightForIt() throws Exception {
    process.membership().join("workers", "a", bytes("old"));
    TestCluster.Process other = cluster.newProcess();

    other.membership().join("workers", "a", bytes("new"));

    process.cut();
    process.heal();
    eventually(() -> assertThat(store.session().connected()).isTrue());
    eventually(
        () ->
            assertThat(process.membership().members("workers"))
                .containsExactly(member("a", "new")));
    other.close();
    eventually(
        () ->
            assertThat(process.membership().members("workers"))
                .containsExactly(member("a", "old")));
  }

  @Test
  void shouldRegisterAgainWhatSomebodyDeleted() throws Exception {
    process.membership().join("workers", "a", bytes("1"));
    MetadataStore other = cluster.newProcess().store();

    other.delete("/workers/a", ANY_VERSION);

    eventually(() -> assertThat(other.exists("/workers/a")).isTrue());
  }

  // tools

  /** Notes the calls of an election. */
  private static final class Reign implements LeaderListener {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Epoch epoch;

    Epoch epoch() {
      return epoch;
    }

    @Override
    public void onElected(Epoch begun) {
      epoch = begun;
      calls.add("elected " + begun.value());
    }

    @Override
    public void onSuspended() {
      calls.add("suspended");
    }

    @Override
    public void onResumed() {
      calls.add("resumed");
    }

    @Override
    public void onDemoted(String reason) {
      calls.add("demoted: " + reason);
    }
  }

  private static Member member(String id, String data) {
    return new Member("workers", id, bytes(data));
  }

  private static void assertFenced(org.assertj.core.api.ThrowableAssert.ThrowingCallable write) {
    assertThatThrownBy(write).isInstanceOf(CoordinationException.Fenced.class);
  }

  private static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptionsInstanceOf(CoordinationException.Unavailable.class)
        .untilAsserted(assertion);
  }

  private interface Job {
    Void run(int number) throws Exception;
  }

  private static void inParallel(int jobs, Job job) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(jobs);
    try {
      List<Callable<Void>> calls =
          IntStream.range(0, jobs).<Callable<Void>>mapToObj(i -> () -> job.run(i)).toList();
      for (Future<Void> done : executor.invokeAll(calls)) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private String text(String path) {
    return store.get(path).orElseThrow().text();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
