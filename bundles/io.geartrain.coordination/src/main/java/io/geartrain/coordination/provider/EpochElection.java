package io.geartrain.coordination.provider;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.Leader;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.LeaderListener;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Registration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Election by a latch that decides whose turn it is, and an epoch that begins with each turn, so
 * that it does not matter when two believe for a moment that it is theirs. Any thread.
 */
public final class EpochElection implements LeaderElection, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EpochElection.class);

  private final MetadataStore store;
  private final LatchQueue queue;
  private final Executor executor;
  private final Set<Candidate> candidates = ConcurrentHashMap.newKeySet();

  /**
   * @param store where the epoch is kept
   * @param queue the queue for the leadership
   * @param executor runs what is given to it one at a time and in order: the election's thread
   */
  public EpochElection(MetadataStore store, LatchQueue queue, Executor executor) {
    this.store = Objects.requireNonNull(store, "store");
    this.queue = Objects.requireNonNull(queue, "queue");
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  @Override
  public Candidacy start(String candidateId, String address, LeaderListener listener) {
    String holder = Holder.encode(candidateId, address);
    Candidate candidate =
        new Candidate(store, () -> queue.newLatch(candidateId), executor, holder, listener);
    candidates.add(candidate);
    candidate.start();
    return new Candidacy() {
      @Override
      public boolean leads() {
        return candidate.leads();
      }

      @Override
      public void close() {
        candidate.close();
        candidates.remove(candidate);
      }
    };
  }

  @Override
  public Optional<Leader> leader() {
    Optional<String> head = queue.head();
    if (head.isEmpty()) {
      return Optional.empty();
    }
    return Epoch.current(store, EPOCH_PATH)
        .map(Holder::decode)
        .filter(leader -> leader.id().equals(head.get()));
  }

  @Override
  public Registration watchLeader(Consumer<Optional<Leader>> listener) {
    LeaderWatch watch = new LeaderWatch(listener);
    Registration epoch = store.watch(EPOCH_PATH, event -> watch.look());
    Registration latch = store.watch(LATCH_PATH, event -> watch.look());
    return () -> {
      epoch.close();
      latch.close();
    };
  }

  /** Withdraws all candidates. */
  @Override
  public void close() {
    candidates.forEach(Candidate::close);
    candidates.clear();
  }

  /** Tells changes of the leader only. Owned by the store's event thread. */
  private final class LeaderWatch {

    private final Consumer<Optional<Leader>> listener;
    private Optional<Leader> told;

    LeaderWatch(Consumer<Optional<Leader>> listener) {
      this.listener = listener;
    }

    void look() {
      Optional<Leader> now;
      try {
        now = leader();
      } catch (CoordinationException.Unavailable e) {
        log.debug("Who leads is unknown until the store is back", e);
        return; // a RESYNC follows
      }
      if (!now.equals(told)) {
        told = now;
        listener.accept(now);
      }
    }
  }

  /** The text that names a leader in the epoch's node: id, line feed, address. */
  private static final class Holder {

    static String encode(String id, String address) {
      if (id.isEmpty() || id.indexOf('\n') >= 0 || address.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(
            "candidate id and address are one line each, but are '" + id + "', '" + address + "'");
      }
      return id + "\n" + address;
    }

    static Leader decode(Epoch epoch) {
      String holder = epoch.holder();
      int end = holder.indexOf('\n');
      String id = end < 0 ? holder : holder.substring(0, end);
      return new Leader(id, end < 0 ? "" : holder.substring(end + 1), epoch.value());
    }
  }
}
