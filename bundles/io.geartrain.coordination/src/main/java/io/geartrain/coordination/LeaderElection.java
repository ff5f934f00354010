package io.geartrain.coordination;

import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Elects one leader among the candidates of the cluster. May be called from any thread.
 *
 * <p>For a moment two candidates may both believe that they lead; that does no harm as long as each
 * writes only through {@link Epoch#guard} of the epoch that it was elected with.
 */
@ProviderType
public interface LeaderElection {

  /** The node that keeps the epoch of the leader. */
  String EPOCH_PATH = "/epoch";

  /** The node below which the candidates queue. */
  String LATCH_PATH = "/leader";

  /**
   * Stands for election until closed. Does not block; after a lost session or a lost election it
   * stands again by itself.
   *
   * @param candidateId id of the node, unique in the cluster, without a line feed
   * @param address how others reach this candidate when it leads, without a line feed
   * @param listener hears of the outcome, on the election's thread
   */
  Candidacy start(String candidateId, String address, LeaderListener listener);

  /**
   * Who leads now; empty while nobody does.
   *
   * @throws CoordinationException.Unavailable if the store does not answer
   */
  Optional<Leader> leader();

  /**
   * Hears who leads: once when the store has answered first, then at each change; on the store's
   * event thread.
   */
  Registration watchLeader(Consumer<Optional<Leader>> listener);

  /** One candidate's part in the election. */
  @ProviderType
  interface Candidacy extends AutoCloseable {

    /** Whether this candidate leads and may act: elected, connected, not deposed. */
    boolean leads();

    /**
     * Withdraws. If this candidate leads, {@link LeaderListener#onDemoted} is called first, so
     * write terminal states before closing; then the leadership is free. Closing twice is harmless.
     */
    @Override
    void close();
  }
}
