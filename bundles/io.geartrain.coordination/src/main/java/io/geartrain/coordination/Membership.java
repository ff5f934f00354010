package io.geartrain.coordination;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is alive: a member is an ephemeral node {@code /<kind>/<id>}, gone when its process leaves,
 * dies or loses its session. May be called from any thread.
 */
@ProviderType
public interface Membership {

  /** Kind of the nodes of the cluster. */
  String NODES = "nodes";

  /** Kind of the workers. */
  String WORKERS = "workers";

  /**
   * Joins until closed. Registers again by itself after a lost session, and as soon as the store
   * answers if it does not now. An earlier registration of the same id is replaced: ids belong to a
   * data folder, whose lock proves the predecessor dead.
   *
   * @param kind one path element
   * @param id one path element, unique among those of its kind
   * @param data less than 1 KB
   */
  Ticket join(String kind, String id, byte[] data);

  /**
   * The members of a kind, sorted by id.
   *
   * @throws CoordinationException.Unavailable if the store does not answer
   */
  List<Member> members(String kind);

  /**
   * Hears the members of a kind: once when the store has answered first, then the whole list again
   * whenever it has changed; on the store's event thread.
   */
  Registration watch(String kind, Consumer<List<Member>> listener);

  /** A registration of this process. */
  @ProviderType
  interface Ticket extends AutoCloseable {

    /** Replaces what the member says of itself, now or as soon as the store answers. */
    void update(byte[] data);

    /** Leaves. Closing twice is harmless. */
    @Override
    void close();
  }
}
