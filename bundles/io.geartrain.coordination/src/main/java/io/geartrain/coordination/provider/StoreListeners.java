package io.geartrain.coordination.provider;

import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionListener;
import io.geartrain.coordination.SessionState;
import io.geartrain.coordination.WatchEvent;
import io.geartrain.coordination.WatchListener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watches and session listeners of a store, and its event thread: what happens is told in the
 * order in which it was given here. Any thread; listeners run on the executor.
 */
public final class StoreListeners {

  private static final Logger log = LoggerFactory.getLogger(StoreListeners.class);

  private final Executor executor;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final List<Session> sessions = new CopyOnWriteArrayList<>();

  private volatile SessionState state = SessionState.SUSPENDED;
  private boolean everConnected;

  /**
   * @param executor runs what is given to it one at a time and in order
   */
  public StoreListeners(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  /** The state that was given last. */
  public SessionState state() {
    return state;
  }

  /** Adds a watch, which has still to be told its first RESYNC by {@link #resync}. */
  public Registration watch(String root, WatchListener listener) {
    Watch watch = new Watch(root, Objects.requireNonNull(listener, "listener"));
    watches.add(watch);
    return () -> {
      watch.closed = true;
      watches.remove(watch);
    };
  }

  /** Adds a session listener and tells it the present state, if there was one yet. */
  public Registration watchSession(SessionListener listener) {
    Session session = new Session(Objects.requireNonNull(listener, "listener"));
    executor.execute(
        () -> {
          sessions.add(session);
          if (everConnected) {
            session.tell(state.connected() ? SessionState.CONNECTED : state);
          }
        });
    return () -> {
      session.closed = true;
      executor.execute(() -> sessions.remove(session));
    };
  }

  /** The session has reached a state. */
  public void onSession(SessionState reached) {
    executor.execute(
        () -> {
          state = reached;
          everConnected |= reached.connected();
          sessions.forEach(session -> session.tell(reached));
        });
  }

  /** A node has changed. */
  public void onChange(WatchEvent event) {
    executor.execute(
        () -> {
          for (Watch watch : watches) {
            if (Paths.within(watch.root, event.path())) {
              watch.tell(event);
            }
          }
        });
  }

  /** All watches with this root stand, or stand again. */
  public void resync(String root) {
    executor.execute(
        () -> {
          for (Watch watch : watches) {
            if (watch.root.equals(root)) {
              watch.tell(new WatchEvent(root, WatchEvent.Kind.RESYNC));
            }
          }
        });
  }

  /** Whether any watch has this root. */
  public boolean watched(String root) {
    return watches.stream().anyMatch(watch -> watch.root.equals(root));
  }

  /** The roots of all watches, each once. */
  public List<String> roots() {
    return watches.stream().map(watch -> watch.root).distinct().toList();
  }

  private static final class Watch {
    private final String root;
    private final WatchListener listener;
    private boolean synced;
    private volatile boolean closed;

    Watch(String root, WatchListener listener) {
      this.root = root;
      this.listener = listener;
    }

    void tell(WatchEvent event) {
      synced |= event.kind() == WatchEvent.Kind.RESYNC;
      if (synced && !closed) {
        guarded(() -> listener.onChange(event));
      }
    }
  }

  private static final class Session {
    private final SessionListener listener;
    private volatile boolean closed;

    Session(SessionListener listener) {
      this.listener = listener;
    }

    void tell(SessionState state) {
      if (!closed) {
        guarded(() -> listener.onSession(state));
      }
    }
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError e) {
      log.error("A listener of the coordination store failed", e);
    }
  }
}
