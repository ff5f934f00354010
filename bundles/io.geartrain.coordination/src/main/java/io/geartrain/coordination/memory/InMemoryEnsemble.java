package io.geartrain.coordination.memory;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.WatchEvent;
import io.geartrain.coordination.WatchEvent.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * The tree that the sessions of a simulated cluster share. Any thread; its lock guards the tree.
 */
public final class InMemoryEnsemble {

  private static final long PERSISTENT = 0;

  private final NavigableMap<String, Node> nodes = new TreeMap<>();
  private final NavigableMap<Long, InMemoryMetadataStore> sessions = new TreeMap<>();
  private long lastSession = PERSISTENT;

  /**
   * Opens a session.
   *
   * @param delivery runs what is given to it one at a time and in order: the event thread of the
   *     store
   */
  public InMemoryMetadataStore connect(Executor delivery) {
    InMemoryMetadataStore store = new InMemoryMetadataStore(this, delivery);
    store.open();
    return store;
  }

  /** Makes an ensemble with an empty tree. */
  public InMemoryEnsemble() {
    nodes.put("/", new Node(new byte[0], 0, PERSISTENT));
  }

  synchronized long openSession(InMemoryMetadataStore store) {
    sessions.put(++lastSession, store);
    return lastSession;
  }

  /** Ends a session and deletes its ephemeral nodes; false if it was over already. */
  synchronized boolean endSession(long session) {
    if (sessions.remove(session) == null) {
      return false;
    }
    List<WatchEvent> events = new ArrayList<>();
    nodes
        .entrySet()
        .removeIf(
            entry -> {
              boolean owned = entry.getValue().owner() == session;
              if (owned) {
                events.add(new WatchEvent(entry.getKey(), Kind.DELETED));
              }
              return owned;
            });
    publish(events);
    return true;
  }

  synchronized boolean alive(long session) {
    return sessions.containsKey(session);
  }

  synchronized Optional<Versioned> get(String path) {
    return Optional.ofNullable(nodes.get(path))
        .map(node -> new Versioned(node.data().clone(), node.version()));
  }

  synchronized List<String> children(String path) {
    String prefix = path.equals("/") ? "/" : path + "/";
    List<String> names = new ArrayList<>();
    for (String below : nodes.tailMap(prefix, false).keySet()) {
      if (!below.startsWith(prefix)) {
        break;
      }
      if (below.indexOf('/', prefix.length()) < 0) {
        names.add(below.substring(prefix.length()));
      }
    }
    return List.copyOf(names);
  }

  synchronized List<Integer> multi(long session, List<Op> ops) {
    Transaction transaction = new Transaction(session);
    List<Integer> versions = new ArrayList<>(ops.size());
    try {
      for (Op op : ops) {
        versions.add(transaction.apply(op));
      }
    } catch (RuntimeException e) {
      transaction.undo();
      throw e;
    }
    publish(transaction.events);
    return List.copyOf(versions);
  }

  private void publish(List<WatchEvent> events) {
    for (WatchEvent event : events) {
      sessions.values().forEach(store -> store.onEvent(event));
    }
  }

  private record Node(byte[] data, int version, long owner) {}

  /** A multi in progress, with the way back. Owned by the ensemble's lock. */
  private final class Transaction {

    private final long session;
    private final List<WatchEvent> events = new ArrayList<>();
    private final Deque<Map.Entry<String, Optional<Node>>> undo = new ArrayDeque<>();

    Transaction(long session) {
      this.session = session;
    }

    int apply(Op op) {
      if (op instanceof Op.Create create) {
        return create(create);
      } else if (op instanceof Op.Set set) {
        int version = find(set.path(), set.expectedVersion()).version() + 1;
        long owner = nodes.get(set.path()).owner();
        put(set.path(), new Node(set.data().clone(), version, owner));
        events.add(new WatchEvent(set.path(), Kind.CHANGED));
        return version;
      } else if (op instanceof Op.Delete delete) {
        find(delete.path(), delete.expectedVersion());
        if (!children(delete.path()).isEmpty()) {
          throw new CoordinationException.NotEmpty(delete.path());
        }
        put(delete.path(), null);
        events.add(new WatchEvent(delete.path(), Kind.DELETED));
        return MetadataStore.ANY_VERSION;
      } else {
        Op.Check check = (Op.Check) op;
        find(check.path(), check.expectedVersion());
        return MetadataStore.ANY_VERSION;
      }
    }

    private int create(Op.Create create) {
      if (nodes.containsKey(create.path())) {
        throw new CoordinationException.NodeExists(create.path());
      }
      createParents(create.path());
      long owner = create.ephemeral() ? session : PERSISTENT;
      put(create.path(), new Node(create.data().clone(), 0, owner));
      events.add(new WatchEvent(create.path(), Kind.CREATED));
      return 0;
    }

    private void createParents(String path) {
      for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
        String parent = path.substring(0, end);
        Node found = nodes.get(parent);
        if (found == null) {
          put(parent, new Node(new byte[0], 0, PERSISTENT));
          events.add(new WatchEvent(parent, Kind.CREATED));
        } else if (found.owner() != PERSISTENT) {
          throw new CoordinationException.Failed(
              path, "its parent " + parent + " is ephemeral and can't have children", null);
        }
      }
    }

    private Node find(String path, int expectedVersion) {
      Node found = nodes.get(path);
      if (found == null) {
        throw new CoordinationException.NoNode(path);
      }
      if (expectedVersion != MetadataStore.ANY_VERSION && expectedVersion != found.version()) {
        throw new CoordinationException.BadVersion(path, expectedVersion, found.version());
      }
      return found;
    }

    private void put(String path, Node node) {
      Objects.requireNonNull(path);
      Node before = node == null ? nodes.remove(path) : nodes.put(path, node);
      undo.push(Map.entry(path, Optional.ofNullable(before)));
    }

    void undo() {
      for (Map.Entry<String, Optional<Node>> step : undo) {
        if (step.getValue().isPresent()) {
          nodes.put(step.getKey(), step.getValue().get());
        } else {
          nodes.remove(step.getKey());
        }
      }
    }
  }
}
