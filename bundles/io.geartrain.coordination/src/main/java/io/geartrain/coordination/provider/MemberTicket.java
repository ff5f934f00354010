package io.geartrain.coordination.provider;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionState;
import io.geartrain.coordination.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one member registered. Called by its owner and by the store's event thread; its lock lets
 * one at a time in.
 *
 * <p>On joining and after a lost session a node of the same name is a left-over of ourselves and is
 * replaced. At any other time it would be somebody else with our id, whom we leave alone: two that
 * replaced each other would never end.
 */
final class MemberTicket implements Membership.Ticket {

  private static final Logger log = LoggerFactory.getLogger(MemberTicket.class);
  private static final int ATTEMPTS = 3;

  private final MetadataStore store;
  private final String path;
  private final Consumer<MemberTicket> onClose;
  private final List<Registration> registrations = new ArrayList<>();

  private byte[] data;
  private boolean replace = true;
  private boolean outdated;
  private boolean closed;

  MemberTicket(MetadataStore store, String path, byte[] data, Consumer<MemberTicket> onClose) {
    this.store = store;
    this.path = path;
    this.data = data.clone();
    this.onClose = onClose;
  }

  void start() {
    register();
    synchronized (this) {
      registrations.add(store.watchSession(this::onSession));
      registrations.add(store.watch(path, this::onChange));
    }
  }

  @Override
  public synchronized void update(byte[] newData) {
    data = newData.clone();
    outdated = true;
    register();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    registrations.forEach(Registration::close);
    onClose.accept(this);
    try {
      store.delete(path, MetadataStore.ANY_VERSION);
    } catch (CoordinationException.NoNode gone) {
      log.debug("{} was gone already", path);
    } catch (CoordinationException e) {
      log.info("{} could not be deleted and goes with the session: {}", path, e.getMessage());
    }
  }

  private synchronized void onSession(SessionState session) {
    if (session == SessionState.LOST) {
      replace = true;
    } else if (session.connected()) {
      register();
    }
  }

  private void onChange(WatchEvent event) {
    if (event.kind() == WatchEvent.Kind.DELETED || event.kind() == WatchEvent.Kind.RESYNC) {
      register();
    }
  }

  private synchronized void register() {
    for (int attempt = 1; !closed && attempt <= ATTEMPTS; attempt++) {
      try {
        tryRegister();
        return;
      } catch (CoordinationException.NodeExists | CoordinationException.NoNode raced) {
        log.debug("{} came or went meanwhile, attempt {}", path, attempt);
      } catch (CoordinationException.Unavailable e) {
        log.debug("{} registers when the store is back", path, e);
        return;
      } catch (CoordinationException.Failed e) {
        log.error("{} can't register", path, e);
        return;
      }
    }
  }

  private void tryRegister() {
    boolean exists = store.exists(path);
    if (!exists) {
      store.createEphemeral(path, data);
    } else if (replace) {
      store.multi(
          List.of(Op.delete(path, MetadataStore.ANY_VERSION), Op.createEphemeral(path, data)));
    } else if (outdated) {
      store.set(path, data, MetadataStore.ANY_VERSION);
    }
    replace = false;
    outdated = false;
  }
}
