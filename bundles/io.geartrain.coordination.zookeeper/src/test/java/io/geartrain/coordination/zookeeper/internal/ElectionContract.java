package io.geartrain.coordination.zookeeper.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.Leader;
import io.geartrain.coordination.LeaderElection.Candidacy;
import io.geartrain.coordination.LeaderListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who leads, and who leads next. */
interface ElectionContract extends CoordinationFixture {

  @Test
  default void shouldElectTheOnlyCandidateAndTellWhoLeads() throws Exception {
    List<Optional<Leader>> seen = new CopyOnWriteArrayList<>();
    process().election().watchLeader(seen::add);
    eventually(() -> assertThat(seen).containsExactly(Optional.empty()));
    Reign reign = new Reign();

    Candidacy candidacy = process().election().start("node-a", "akka://a", reign);

    eventually(() -> assertThat(reign.calls).containsExactly("elected 1"));
    assertThat(candidacy.leads()).isTrue();
    Optional<Leader> leader = Optional.of(new Leader("node-a", "akka://a", 1));
    assertThat(process().election().leader()).isEqualTo(leader);
    assertThat(cluster().newProcess().election().leader()).isEqualTo(leader);
    eventually(() -> assertThat(seen).endsWith(leader));

    candidacy.close();
    candidacy.close();

    assertThat(reign.calls).hasSize(2).last().asString().startsWith("demoted");
    assertThat(candidacy.leads()).isFalse();
    eventually(() -> assertThat(process().election().leader()).isEmpty());
    eventually(() -> assertThat(seen).endsWith(Optional.empty()));
  }

  @Test
  default void shouldElectOneOfTwoAndTheOtherWhenItWithdraws() throws Exception {
    Reign first = new Reign();
    Reign second = new Reign();
    Candidacy candidacy = process().election().start("node-a", "a", first);
    eventually(() -> assertThat(first.calls).containsExactly("elected 1"));
    TestCluster.Process other = cluster().newProcess();
    Candidacy waiting = other.election().start("node-b", "b", second);

    candidacy.close();

    eventually(() -> assertThat(second.calls).containsExactly("elected 2"));
    assertThat(waiting.leads()).isTrue();
    assertThat(process().election().leader()).contains(new Leader("node-b", "b", 2));
    assertFenced(() -> first.epoch().guard(store()).create("/late", new byte[0]));
    second.epoch().guard(other.store()).create("/fine", new byte[0]);
  }

  @Test
  default void shouldElectAnotherWhenTheSessionOfTheLeaderExpires() throws Exception {
    Reign first = new Reign();
    Reign second = new Reign();
    process().election().start("node-a", "a", first);
    eventually(() -> assertThat(first.calls).containsExactly("elected 1"));
    cluster().newProcess().election().start("node-b", "b", second);
    eventually(() -> assertThat(store().children("/leader")).hasSize(2));

    process().expire();

    eventually(() -> assertThat(second.calls).containsExactly("elected 2"));
    eventually(() -> assertThat(first.calls).last().asString().startsWith("demoted"));
    assertThat(process().election().leader()).contains(new Leader("node-b", "b", 2));
  }

  @Test
  default void shouldLetALeaderStopActingWhileCutOffAndGoOnAfterwards() throws Exception {
    Reign reign = new Reign();
    Candidacy candidacy = process().election().start("node-a", "a", reign);
    eventually(() -> assertThat(reign.calls).containsExactly("elected 1"));

    process().cut();
    eventually(() -> assertThat(reign.calls).containsExactly("elected 1", "suspended"));
    assertThat(candidacy.leads()).isFalse();
    process().heal();

    eventually(() -> assertThat(reign.calls).containsExactly("elected 1", "suspended", "resumed"));
    assertThat(candidacy.leads()).isTrue();
    reign.epoch().guard(store()).create("/fine", new byte[0]);
  }

  @Test
  default void shouldFenceALeaderThatWasCutOffTooLong() throws Exception {
    Reign first = new Reign();
    Reign second = new Reign();
    process().election().start("node-a", "a", first);
    eventually(() -> assertThat(first.calls).containsExactly("elected 1"));
    Candidacy other = cluster().newProcess().election().start("node-b", "b", second);
    eventually(() -> assertThat(store().children("/leader")).hasSize(2));

    process().cut();
    process().awaitExpiryOnServer();
    eventually(() -> assertThat(second.calls).containsExactly("elected 2"));
    process().heal();

    eventually(() -> assertThat(first.calls).last().asString().startsWith("demoted"));
    eventually(() -> assertFenced(() -> first.epoch().guard(store()).create("/late", new byte[0])));
    other.close();
    eventually(() -> assertThat(first.calls).last().asString().isEqualTo("elected 3"));
  }

  @Test
  default void shouldStepDownWhenALaterEpochBeginsBesideTheLatch() throws Exception {
    Reign reign = new Reign();
    process().election().start("node-a", "a", reign);
    eventually(() -> assertThat(reign.calls).containsExactly("elected 1"));

    Epoch.advance(store(), "/epoch", "node-x\nx");

    eventually(() -> assertThat(reign.calls).hasSize(3));
    assertThat(reign.calls.get(1)).startsWith("demoted");
    assertThat(reign.calls.get(2)).isEqualTo("elected 3");
  }

  @Test
  default void shouldRaiseTheEpochAtEachElection() throws Exception {
    for (long expected = 1; expected <= 4; expected++) {
      Reign reign = new Reign();
      Candidacy candidacy = process().election().start("node-a", "a", reign);
      String elected = "elected " + expected;
      eventually(() -> assertThat(reign.calls).containsExactly(elected));
      candidacy.close();
    }
  }

  @Test
  default void shouldGiveTheLeadershipUpWhenTheLeaderFails() throws Exception {
    process()
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
    eventually(() -> assertThat(Epoch.current(store(), "/epoch")).isPresent());
    Reign second = new Reign();

    cluster().newProcess().election().start("node-b", "b", second);

    eventually(() -> assertThat(second.calls).containsExactly("elected 2"));
  }

  /** Notes the calls of an election. */
  final class Reign implements LeaderListener {

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
}
