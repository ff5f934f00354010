package io.geartrain.coordination.memory;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionState;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.provider.Latch;
import io.geartrain.coordination.provider.LatchQueue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A queue of latches by ephemeral nodes with rising numbers: the lowest has the latch. Any thread.
 */
final class StoreLatchQueue implements LatchQueue {

  private static final String ROOT = LeaderElection.LATCH_PATH;

  private final MetadataStore store;
  private final Executor executor;

  StoreLatchQueue(MetadataStore store, Executor executor) {
    this.store = store;
    this.executor = executor;
  }

  @Override
  public Latch newLatch(String candidateId) {
    return new StoreLatch(candidateId.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> head() {
    return store.children(ROOT).stream()
        .findFirst()
        .flatMap(name -> store.get(ROOT + "/" + name))
        .map(Versioned::text);
  }

  /** One candidate's latch; its lock guards it. */
  private final class StoreLatch implements Latch {

    private final byte[] id;
    private List<Registration> registrations = List.of();
    private Listener listener;
    private Optional<String> name = Optional.empty();
    private boolean acquired;
    private boolean closed;

    StoreLatch(byte[] id) {
      this.id = id;
    }

    @Override
    public synchronized void start(Listener newListener) {
      listener = newListener;
      registrations =
          List.of(store.watchSession(this::onSession), store.watch(ROOT, event -> look()));
    }

    @Override
    public synchronized boolean acquired() {
      return acquired;
    }

    @Override
    public synchronized void close() {
      closed = true;
      acquired = false;
      registrations.forEach(Registration::close);
      try {
        name.ifPresent(mine -> store.delete(ROOT + "/" + mine, MetadataStore.ANY_VERSION));
      } catch (CoordinationException gone) {
        // it goes, or went, with the session
      }
    }

    private synchronized void onSession(SessionState state) {
      if (state != SessionState.LOST) {
        return;
      }
      name = Optional.empty();
      if (acquired) {
        acquired = false;
        executor.execute(listener::onReleased);
      }
    }

    /** Queues if it does not yet, and sees whether it has come to the head. */
    private synchronized void look() {
      if (acquired || closed) {
        return;
      }
      try {
        List<String> queue = store.children(ROOT);
        if (name.isEmpty()) {
          name = Optional.of(queue(queue));
        } else if (queue.indexOf(name.get()) == 0) {
          acquired = true;
          executor.execute(listener::onAcquired);
        }
      } catch (CoordinationException.NodeExists | CoordinationException.Unavailable later) {
        // an event follows of the node that was quicker, or a RESYNC when the store is back
      }
    }

    private String queue(List<String> queue) {
      long last = queue.isEmpty() ? 0 : Long.parseLong(queue.get(queue.size() - 1));
      String next = String.format(Locale.ROOT, "%012d", last + 1);
      store.createEphemeral(ROOT + "/" + next, id);
      return next; // the event of its own creation lets it look again
    }
  }
}
