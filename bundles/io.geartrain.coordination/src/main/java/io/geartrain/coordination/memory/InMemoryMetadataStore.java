package io.geartrain.coordination.memory;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionListener;
import io.geartrain.coordination.SessionState;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.WatchEvent;
import io.geartrain.coordination.WatchListener;
import io.geartrain.coordination.provider.EpochElection;
import io.geartrain.coordination.provider.Paths;
import io.geartrain.coordination.provider.StoreListeners;
import io.geartrain.coordination.provider.StoreMembership;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One session on an {@link InMemoryEnsemble}, as one process would hold it. Any thread; never
 * blocks but for the ensemble's lock.
 */
public final class InMemoryMetadataStore implements MetadataStore, AutoCloseable {

  private final InMemoryEnsemble ensemble;
  private final Executor delivery;
  private final StoreListeners listeners;

  // all guarded by the ensemble's lock
  private long session;
  private boolean connected;
  private boolean lossTold;
  private boolean closed;

  InMemoryMetadataStore(InMemoryEnsemble ensemble, Executor delivery) {
    this.ensemble = ensemble;
    this.delivery = delivery;
    this.listeners = new StoreListeners(delivery);
  }

  void open() {
    synchronized (ensemble) {
      session = ensemble.openSession(this);
      connected = true;
      listeners.onSession(SessionState.CONNECTED);
    }
  }

  @Override
  public Optional<Versioned> get(String path) {
    synchronized (ensemble) {
      checkOpen(Paths.check(path));
      return ensemble.get(path);
    }
  }

  @Override
  public List<String> children(String path) {
    synchronized (ensemble) {
      checkOpen(Paths.check(path));
      return ensemble.children(path);
    }
  }

  @Override
  public boolean exists(String path) {
    return get(path).isPresent();
  }

  @Override
  public List<Integer> multi(List<Op> ops) {
    ops.forEach(op -> Paths.check(op.path()));
    synchronized (ensemble) {
      checkOpen(ops.isEmpty() ? "/" : ops.get(0).path());
      return ensemble.multi(session, ops);
    }
  }

  @Override
  public Registration watch(String path, WatchListener listener) {
    synchronized (ensemble) {
      Registration registration = listeners.watch(Paths.check(path), listener);
      if (connected) {
        listeners.resync(path);
      }
      return registration;
    }
  }

  @Override
  public Registration watchSession(SessionListener listener) {
    return listeners.watchSession(listener);
  }

  @Override
  public SessionState session() {
    return listeners.state();
  }

  /** Makes an election among the stores of the ensemble, run by the delivery executor. */
  public LeaderElection newElection() {
    return new EpochElection(this, new StoreLatchQueue(this, delivery), delivery);
  }

  /** Makes the membership of the ensemble as seen by this store. */
  public Membership newMembership() {
    return new StoreMembership(this);
  }

  /** Cuts the connection: SUSPENDED. The session and its ephemeral nodes live on. */
  public void disconnect() {
    synchronized (ensemble) {
      if (connected) {
        connected = false;
        lossTold = false;
        listeners.onSession(SessionState.SUSPENDED);
      }
    }
  }

  /**
   * Lets the ensemble end the session: its ephemeral nodes go at once. A connected store is cut off
   * and told LOST; one that is cut off already learns of it when it reconnects.
   */
  public void expire() {
    synchronized (ensemble) {
      boolean tell = connected;
      disconnect();
      ensemble.endSession(session);
      if (tell) {
        lossTold = true;
        listeners.onSession(SessionState.LOST);
      }
    }
  }

  /**
   * Connects again: RECONNECTED, with a new session, and LOST before it, if the old one is over.
   */
  public void reconnect() {
    synchronized (ensemble) {
      if (connected || closed) {
        return;
      }
      if (!ensemble.alive(session)) {
        if (!lossTold) {
          listeners.onSession(SessionState.LOST);
        }
        session = ensemble.openSession(this);
      }
      connected = true;
      listeners.onSession(SessionState.RECONNECTED);
      listeners.roots().forEach(listeners::resync);
    }
  }

  /** Ends the session in good order. */
  @Override
  public void close() {
    synchronized (ensemble) {
      if (!closed) {
        closed = true;
        connected = false;
        ensemble.endSession(session);
      }
    }
  }

  void onEvent(WatchEvent event) {
    if (connected) {
      listeners.onChange(event);
    }
  }

  private void checkOpen(String path) {
    if (closed) {
      throw new CoordinationException.Failed(path, "the store is closed", null);
    }
    if (!connected) {
      throw new CoordinationException.Unavailable(path, "not connected", null);
    }
  }

  @Override
  public String toString() {
    return "in-memory store, session " + session;
  }
}
