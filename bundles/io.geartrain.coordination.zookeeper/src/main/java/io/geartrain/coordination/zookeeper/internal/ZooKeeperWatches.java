package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.WatchEvent;
import io.geartrain.coordination.WatchListener;
import io.geartrain.coordination.provider.StoreListeners;
import java.util.function.Supplier;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Persistent recursive watches, one in ZooKeeper for each root, renewed after each connection. One
 * watcher object serves them all, so that overlapping roots bring each event once. Any thread.
 */
final class ZooKeeperWatches {

  private static final Logger log = LoggerFactory.getLogger(ZooKeeperWatches.class);

  private final StoreListeners listeners;
  private final Supplier<ZooKeeper> session;
  private final Watcher watcher = this::onEvent;

  ZooKeeperWatches(StoreListeners listeners, Supplier<ZooKeeper> session) {
    this.listeners = listeners;
    this.session = session;
  }

  Registration add(String root, WatchListener listener) {
    Registration registration = listeners.watch(root, listener);
    stand(root);
    return () -> {
      registration.close();
      if (!listeners.watched(root)) {
        fall(root);
      }
    };
  }

  /** The store is connected, perhaps with a new session: no watch may be taken for granted. */
  void renew() {
    listeners.roots().forEach(this::stand);
  }

  private void stand(String root) {
    try {
      session
          .get()
          .addWatch(root, watcher, AddWatchMode.PERSISTENT_RECURSIVE, this::onStanding, root);
    } catch (CoordinationException e) {
      log.debug("The watch of {} stands when the store is back", root, e);
    }
  }

  private void onStanding(int result, String path, Object root) {
    Code code = Code.get(result);
    switch (code) {
      case OK -> listeners.resync((String) root);
      case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED ->
          log.debug("The watch of {} stands when the store is back: {}", root, code);
      default -> log.error("{} can't be watched: ZooKeeper answered {}", root, code);
    }
  }

  private void fall(String root) {
    try {
      session
          .get()
          .removeWatches(
              root,
              watcher,
              Watcher.WatcherType.Any,
              true,
              (result, path, context) -> afterFall(root),
              null);
    } catch (CoordinationException e) {
      log.debug("The watch of {} is gone with the connection", root, e);
    }
  }

  private void afterFall(String root) {
    if (listeners.watched(root)) {
      stand(root); // somebody came while it was taken down
    }
  }

  private void onEvent(WatchedEvent event) {
    switch (event.getType()) {
      case NodeCreated -> tell(event, WatchEvent.Kind.CREATED);
      case NodeDataChanged -> tell(event, WatchEvent.Kind.CHANGED);
      case NodeDeleted -> tell(event, WatchEvent.Kind.DELETED);
      default -> log.trace("Not about a node: {}", event);
    }
  }

  private void tell(WatchedEvent event, WatchEvent.Kind kind) {
    listeners.onChange(new WatchEvent(event.getPath(), kind));
  }
}
