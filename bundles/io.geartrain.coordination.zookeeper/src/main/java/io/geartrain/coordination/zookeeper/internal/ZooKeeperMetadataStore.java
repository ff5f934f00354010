package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionListener;
import io.geartrain.coordination.SessionState;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.WatchListener;
import io.geartrain.coordination.provider.Paths;
import io.geartrain.coordination.provider.StoreListeners;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * The store in ZooKeeper. Any thread; Curator keeps the session, the calls go to its present handle
 * without its retries, for a retried compare-and-set would stumble over itself.
 */
final class ZooKeeperMetadataStore implements MetadataStore, AutoCloseable {

  private final CuratorFramework curator;
  private final List<ACL> acl;
  private final StoreListeners listeners;
  private final ZooKeeperWatches watches;
  private final ConnectionStateListener onConnection = (client, state) -> onConnection(state);

  private volatile boolean closed;

  /**
   * @param curator not started yet; whoever made it starts and closes it
   * @param acl of all nodes created here
   * @param events runs what is given to it one at a time and in order: the store's event thread
   */
  ZooKeeperMetadataStore(CuratorFramework curator, List<ACL> acl, Executor events) {
    this.curator = curator;
    this.acl = List.copyOf(acl);
    this.listeners = new StoreListeners(events);
    this.watches = new ZooKeeperWatches(listeners, () -> handle("/"));
    curator.getConnectionStateListenable().addListener(onConnection);
  }

  @Override
  public Optional<Versioned> get(String path) {
    ZooKeeper zk = handle(Paths.check(path));
    try {
      Stat stat = new Stat();
      byte[] data = zk.getData(path, false, stat);
      return Optional.of(new Versioned(data == null ? new byte[0] : data, stat.getVersion()));
    } catch (KeeperException.NoNodeException e) {
      return Optional.empty();
    } catch (KeeperException | InterruptedException e) {
      throw KeeperErrors.translate(path, e);
    }
  }

  @Override
  public List<String> children(String path) {
    ZooKeeper zk = handle(Paths.check(path));
    try {
      return zk.getChildren(path, false).stream()
          .filter(name -> !path.equals("/") || !name.equals("zookeeper"))
          .sorted()
          .toList();
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    } catch (KeeperException | InterruptedException e) {
      throw KeeperErrors.translate(path, e);
    }
  }

  @Override
  public boolean exists(String path) {
    ZooKeeper zk = handle(Paths.check(path));
    try {
      return zk.exists(path, false) != null;
    } catch (KeeperException | InterruptedException e) {
      throw KeeperErrors.translate(path, e);
    }
  }

  @Override
  public List<Integer> multi(List<Op> ops) {
    ops.forEach(op -> Paths.check(op.path()));
    if (ops.isEmpty()) {
      return List.of();
    }
    return new Transaction(handle(ops.get(0).path()), acl, ops).run();
  }

  @Override
  public Registration watch(String path, WatchListener listener) {
    return watches.add(Paths.check(path), listener);
  }

  @Override
  public Registration watchSession(SessionListener listener) {
    return listeners.watchSession(listener);
  }

  @Override
  public SessionState session() {
    return listeners.state();
  }

  /** Calls fail from now on; the session ends when Curator is closed. */
  @Override
  public void close() {
    closed = true;
    curator.getConnectionStateListenable().removeListener(onConnection);
  }

  private void onConnection(ConnectionState state) {
    switch (state) {
      case CONNECTED -> onConnected(SessionState.CONNECTED);
      case RECONNECTED -> onConnected(SessionState.RECONNECTED);
      case SUSPENDED -> listeners.onSession(SessionState.SUSPENDED);
      case LOST -> listeners.onSession(SessionState.LOST);
      case READ_ONLY -> {
        // never asked for
      }
    }
  }

  private void onConnected(SessionState state) {
    listeners.onSession(state);
    watches.renew();
  }

  /** The session as it is now; fails at once while there is no connection. */
  private ZooKeeper handle(String path) {
    if (closed) {
      throw new CoordinationException.Failed(path, "the store is closed", null);
    }
    if (!curator.getZookeeperClient().isConnected()) {
      throw new CoordinationException.Unavailable(path, "not connected", null);
    }
    try {
      return curator.getZookeeperClient().getZooKeeper();
    } catch (Exception e) {
      throw KeeperErrors.translate(path, e);
    }
  }

  @Override
  public String toString() {
    return "ZooKeeper at " + curator.getZookeeperClient().getCurrentConnectionString();
  }
}
