package io.geartrain.coordination.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.LeaderListener;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.SessionState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InMemoryEnsembleTest {

  @Test
  void shouldDeliverNothingBeforeItsExecutorRuns() {
    Queue<Runnable> mailbox = new ArrayDeque<>();
    InMemoryMetadataStore store = new InMemoryEnsemble().connect(mailbox::add);
    List<SessionState> states = new ArrayList<>();

    store.watchSession(states::add);
    store.disconnect();

    assertThat(states).isEmpty();
    run(mailbox);
    assertThat(states).containsExactly(SessionState.CONNECTED, SessionState.SUSPENDED);
  }

  @Test
  void shouldTellAZombieOfItsLossOnlyWhenItIsBack() {
    Queue<Runnable> mailbox = new ArrayDeque<>();
    InMemoryEnsemble ensemble = new InMemoryEnsemble();
    InMemoryMetadataStore zombie = ensemble.connect(mailbox::add);
    MetadataStore other = ensemble.connect(mailbox::add);
    zombie.createEphemeral("/mine", new byte[0]);
    run(mailbox);
    List<SessionState> states = new ArrayList<>();
    zombie.watchSession(states::add);

    zombie.disconnect();
    zombie.expire();
    run(mailbox);
    assertThat(other.exists("/mine")).isFalse();
    assertThat(states).containsExactly(SessionState.CONNECTED, SessionState.SUSPENDED);

    zombie.reconnect();
    run(mailbox);
    assertThat(states).endsWith(SessionState.LOST, SessionState.RECONNECTED);
  }

  @Test
  void shouldRepeatARunFromItsSeed() {
    for (long seed = 1; seed <= 20; seed++) {
      List<String> first = simulate(seed);
      assertThat(simulate(seed)).as("seed " + seed).isEqualTo(first);
      assertThat(first).as("seed " + seed).anyMatch(line -> line.contains(" elected "));
    }
  }

  @Test
  void shouldNeverHaveTwoLeadersThatCanWrite() {
    for (long seed = 1; seed <= 200; seed++) {
      List<Long> epochs =
          simulate(seed).stream()
              .filter(line -> line.matches("n\\d elected \\d+"))
              .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
              .toList();
      assertThat(epochs).as("seed " + seed).isSorted().doesNotHaveDuplicates();
    }
  }

  /** Three candidates, sessions cut, expired and healed at random; returns what they heard. */
  private static List<String> simulate(long seed) {
    Random random = new Random(seed);
    List<String> log = new ArrayList<>();
    InMemoryEnsemble ensemble = new InMemoryEnsemble();
    List<Queue<Runnable>> mailboxes = new ArrayList<>();
    List<InMemoryMetadataStore> stores = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Queue<Runnable> mailbox = new ArrayDeque<>();
      InMemoryMetadataStore store = ensemble.connect(mailbox::add);
      mailboxes.add(mailbox);
      stores.add(store);
      store.newElection().start("n" + i, "a" + i, new Log(log, "n" + i));
    }
    for (int step = 0; step < 300; step++) {
      InMemoryMetadataStore store = stores.get(random.nextInt(stores.size()));
      switch (random.nextInt(20)) {
        case 0 -> store.disconnect();
        case 1 -> store.expire();
        case 2, 3 -> store.reconnect();
        default -> {
          Runnable next = mailboxes.get(random.nextInt(mailboxes.size())).poll();
          if (next != null) {
            next.run();
          }
        }
      }
    }
    stores.forEach(InMemoryMetadataStore::reconnect);
    for (int i = 0; mailboxes.stream().anyMatch(m -> !m.isEmpty()); i++) {
      assertThat(i).as("seed " + seed + " comes to rest").isLessThan(10_000);
      mailboxes.forEach(InMemoryEnsembleTest::run);
    }
    assertThat(stores.get(0).newElection().leader()).as("seed " + seed).isPresent();
    return log;
  }

  private static void run(Queue<Runnable> mailbox) {
    for (Runnable next = mailbox.poll(); next != null; next = mailbox.poll()) {
      next.run();
    }
  }

  private record Log(List<String> lines, String name) implements LeaderListener {

    @Override
    public void onElected(Epoch epoch) {
      lines.add(name + " elected " + epoch.value());
    }

    @Override
    public void onSuspended() {
      lines.add(name + " suspended");
    }

    @Override
    public void onResumed() {
      lines.add(name + " resumed");
    }

    @Override
    public void onDemoted(String reason) {
      lines.add(name + " demoted: " + reason);
    }
  }
}
