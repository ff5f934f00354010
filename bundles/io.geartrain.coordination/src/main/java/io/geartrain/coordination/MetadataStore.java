package io.geartrain.coordination;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A tree of small values that all nodes of a cluster agree on, with compare-and-set, transactions,
 * ephemeral nodes and watches.
 *
 * <p>May be called from any thread; every call blocks for a round trip to the store, a few
 * milliseconds, and throws {@link CoordinationException.Unavailable} once the store does not answer
 * within the session's time-out. Paths are absolute ({@code /apps/wc-1a2b/state}), without a slash
 * at the end; a malformed path is an {@link IllegalArgumentException}. A value has less than 1 MB;
 * keep it under 64 KB. All failures are {@link CoordinationException}s.
 *
 * <p>A write that ends in {@code Unavailable} may or may not have happened: read before repeating
 * it. Reads see all earlier writes of this store, and writes of others at the latest when the watch
 * event of that write has been delivered here.
 *
 * <p>Leaders do not write through this interface directly but through {@link Epoch#guard}.
 */
@ProviderType
public interface MetadataStore {

  /** As expected version: whatever the version is. */
  int ANY_VERSION = -1;

  /** Reads a node; empty if it does not exist. */
  Optional<Versioned> get(String path);

  /**
   * Names of the direct children (last path element), sorted; empty if there are none or the node
   * does not exist.
   */
  List<String> children(String path);

  /** Whether the node exists. */
  boolean exists(String path);

  /**
   * Creates a node that stays until it is deleted, and its missing parents with empty data.
   *
   * @throws CoordinationException.NodeExists if it is there already
   */
  default void create(String path, byte[] data) {
    multi(List.of(Op.create(path, data)));
  }

  /**
   * Creates a node that goes away with this store's session; it can't have children. Missing
   * parents are created and stay.
   *
   * @throws CoordinationException.NodeExists if it is there already
   */
  default void createEphemeral(String path, byte[] data) {
    multi(List.of(Op.createEphemeral(path, data)));
  }

  /**
   * Replaces the value of a node if it still has the expected version.
   *
   * @param expectedVersion as found by {@link #get}, or {@link #ANY_VERSION}
   * @return the new version
   * @throws CoordinationException.NoNode if it does not exist
   * @throws CoordinationException.BadVersion if somebody else has written meanwhile
   */
  default int set(String path, byte[] data, int expectedVersion) {
    return multi(List.of(Op.set(path, data, expectedVersion))).get(0);
  }

  /**
   * Deletes a node if it still has the expected version.
   *
   * @param expectedVersion as found by {@link #get}, or {@link #ANY_VERSION}
   * @throws CoordinationException.NoNode if it does not exist
   * @throws CoordinationException.BadVersion if somebody else has written meanwhile
   * @throws CoordinationException.NotEmpty if it has children
   */
  default void delete(String path, int expectedVersion) {
    multi(List.of(Op.delete(path, expectedVersion)));
  }

  /**
   * Does all steps in order, or none.
   *
   * @return for each step the version of its node afterwards: 0 for a create, the new version for a
   *     set, {@link #ANY_VERSION} for delete and check
   * @throws CoordinationException of the first step that can't be done
   */
  List<Integer> multi(List<Op> ops);

  /**
   * Watches a node and everything below it, whether it exists or not, until closed. Does not block
   * and does not fail: the watch stands as soon as the store is connected.
   *
   * <p>The first event is a {@link WatchEvent.Kind#RESYNC}: read then what you need, and again with
   * each event. Every later change is followed by at least one event, in the order of the changes;
   * several changes of one node may show as fewer events, and a broken connection replaces events
   * by a further RESYNC; a needless one does no harm. Events of all watches and sessions of this
   * store come on one thread.
   */
  Registration watch(String path, WatchListener listener);

  /**
   * Hears of the session. If the store has been connected yet, the first call tells the present
   * state ({@code RECONNECTED} is then told as {@code CONNECTED}).
   */
  Registration watchSession(SessionListener listener);

  /** The present state of the session; {@code SUSPENDED} before it was first connected. */
  SessionState session();
}
