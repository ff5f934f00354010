package io.geartrain.coordination.provider;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Member;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Membership by ephemeral nodes of a {@link MetadataStore}. Any thread. */
public final class StoreMembership implements Membership, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StoreMembership.class);

  private final MetadataStore store;
  private final Set<MemberTicket> tickets = ConcurrentHashMap.newKeySet();

  /**
   * @param store where members register
   */
  public StoreMembership(MetadataStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  @Override
  public Ticket join(String kind, String id, byte[] data) {
    MemberTicket ticket =
        new MemberTicket(store, parent(kind) + "/" + element("id", id), data, tickets::remove);
    tickets.add(ticket);
    ticket.start();
    return ticket;
  }

  @Override
  public List<Member> members(String kind) {
    String parent = parent(kind);
    List<Member> members = new ArrayList<>();
    for (String id : store.children(parent)) {
      store
          .get(parent + "/" + id)
          .ifPresent(found -> members.add(new Member(kind, id, found.data())));
    }
    return List.copyOf(members);
  }

  @Override
  public Registration watch(String kind, Consumer<List<Member>> listener) {
    MembersWatch watch = new MembersWatch(kind, listener);
    return store.watch(parent(kind), event -> watch.look());
  }

  /** Lets all members of this process leave. */
  @Override
  public void close() {
    tickets.forEach(MemberTicket::close);
  }

  private static String parent(String kind) {
    return "/" + element("kind", kind);
  }

  private static String element(String what, String value) {
    if (value.isEmpty() || value.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          what + " of a member is one path element, but is '" + value + "'");
    }
    return value;
  }

  /** Tells the members when they have changed. Owned by the store's event thread. */
  private final class MembersWatch {

    private final String kind;
    private final Consumer<List<Member>> listener;
    private List<Member> told;

    MembersWatch(String kind, Consumer<List<Member>> listener) {
      this.kind = kind;
      this.listener = listener;
    }

    void look() {
      List<Member> now;
      try {
        now = members(kind);
      } catch (CoordinationException.Unavailable e) {
        log.debug("The members are unknown until the store is back", e);
        return; // a RESYNC follows
      }
      if (!now.equals(told)) {
        told = now;
        listener.accept(now);
      }
    }
  }
}
