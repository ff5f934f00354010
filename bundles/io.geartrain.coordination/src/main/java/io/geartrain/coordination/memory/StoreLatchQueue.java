package io.geartrain.coordination.memory;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
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
    private Registration session = () -> {};
    private Registration watch = () -> {};
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
      session = store.watchSession(this::onSession);
      watch = store.watch(ROOT, event -> look());
    }

    @Override
    public synchronized boolean acquired() {
      return acquired;
    }

    @Override
    public synchronized void close() {
      closed = true;
      acquired = false;
      watch.close();
      leave();
    }

    /** A place that was left behind would block the queue for the life of the session. */
    private void leave() {
      try {
        name.ifPresent(mine -> store.delete(ROOT + "/" + mine, MetadataStore.ANY_VERSION));
      } catch (CoordinationException.Unavailable later) {
        return; // once more when the store is back
      } catch (CoordinationException.NoNode | CoordinationException.Failed gone) {
        // it went with the session
      }
      name = Optional.empty();
      session.close();
    }

    private synchronized void onSession(SessionState state) {
      if (state == SessionState.LOST && acquired) {
        acquired = false;
        executor.execute(listener::onReleased);
      }
      if (closed && state.connected()) {
        leave();
      }
    }

    /** Queues if its place is gone or it has none yet, and sees whether it has come to the head. */
    private synchronized void look() {
      if (acquired || closed) {
        return;
      }
      try {
        List<String> queue = store.children(ROOT);
        int place = name.map(queue::indexOf).orElse(-1);
        if (place < 0) {
          queue();
        } else if (place == 0) {
          acquired = true;
          executor.execute(listener::onAcquired);
        }
      } catch (CoordinationException.BadVersion
          | CoordinationException.NodeExists
          | CoordinationException.Unavailable later) {
        // an event follows of the candidate that was quicker, or a RESYNC when the store is back
      }
    }

    /** The version of the root numbers the places, so that no number comes twice. */
    private void queue() {
      Optional<Versioned> root = store.get(ROOT);
      if (root.isEmpty()) {
        store.create(ROOT, new byte[0]);
        return; // the event of the creation lets it look again
      }
      int version = root.get().version();
      String next = String.format(Locale.ROOT, "%010d", version);
      store.multi(
          List.of(Op.set(ROOT, new byte[0], version), Op.createEphemeral(ROOT + "/" + next, id)));
      name = Optional.of(next);
    }
  }
}
