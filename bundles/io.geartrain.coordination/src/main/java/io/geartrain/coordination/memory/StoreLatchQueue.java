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
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A queue of latches by one ephemeral node: who creates it has the latch, the others try again when
 * it is gone. Any thread.
 */
final class StoreLatchQueue implements LatchQueue {

  private static final String PATH = LeaderElection.LATCH_PATH + "/latch";

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
    return store.get(PATH).map(Versioned::text);
  }

  /** One candidate's latch; its lock guards it. */
  private final class StoreLatch implements Latch {

    private final byte[] id;
    private List<Registration> registrations = List.of();
    private Listener listener;
    private boolean acquired;
    private boolean closed;

    StoreLatch(byte[] id) {
      this.id = id;
    }

    @Override
    public synchronized void start(Listener newListener) {
      listener = newListener;
      registrations =
          List.of(store.watchSession(this::onSession), store.watch(PATH, event -> tryToAcquire()));
    }

    @Override
    public synchronized boolean acquired() {
      return acquired;
    }

    @Override
    public synchronized void close() {
      closed = true;
      registrations.forEach(Registration::close);
      if (acquired) {
        acquired = false;
        try {
          store.delete(PATH, MetadataStore.ANY_VERSION);
        } catch (CoordinationException.NoNode | CoordinationException.Unavailable gone) {
          // it goes, or went, with the session
        }
      }
    }

    private synchronized void onSession(SessionState state) {
      if (state == SessionState.LOST && acquired) {
        acquired = false;
        executor.execute(listener::onReleased);
      }
    }

    private synchronized void tryToAcquire() {
      if (acquired || closed) {
        return;
      }
      try {
        store.createEphemeral(PATH, id);
        acquired = true;
        executor.execute(listener::onAcquired);
      } catch (CoordinationException.NodeExists | CoordinationException.Unavailable later) {
        // an event follows when it is gone, or a RESYNC when the store is back
      }
    }
  }
}
