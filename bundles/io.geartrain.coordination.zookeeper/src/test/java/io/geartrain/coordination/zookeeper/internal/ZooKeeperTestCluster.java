package io.geartrain.coordination.zookeeper.internal;

import static org.awaitility.Awaitility.await;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/** Processes with a session each on a real server; every cluster has a tree of its own there. */
final class ZooKeeperTestCluster implements TestCluster {

  private static final int SESSION_TIMEOUT_MS = 4_000;

  private final ZooKeeperCoordination server;
  private final Path secretFile;
  private final String chroot;
  private final List<ZooKeeperProcess> processes = new ArrayList<>();

  /**
   * @param server runs the embedded server; stays open
   * @param folder of the server
   * @param name of the tree, not used before
   */
  ZooKeeperTestCluster(ZooKeeperCoordination server, Path folder, String name) {
    this.server = server;
    this.secretFile = folder.resolve("secret");
    this.chroot = "/" + name;
    server.store().create(chroot, new byte[0]);
  }

  static ZooKeeperCoordination startServer(Path folder) throws Exception {
    return ZooKeeperCoordination.open(
        new ZooKeeperSettings(Optional.empty(), folder, 0, SESSION_TIMEOUT_MS, Optional.empty()),
        new SecureRandom());
  }

  @Override
  public Process newProcess() throws Exception {
    String connect = server.connectString();
    int port = Integer.parseInt(connect.substring(connect.lastIndexOf(':') + 1));
    LoopbackProxy wire = new LoopbackProxy(port);
    ZooKeeperCoordination coordination =
        ZooKeeperCoordination.open(
            new ZooKeeperSettings(
                Optional.of("127.0.0.1:" + wire.port() + chroot),
                secretFile.getParent(),
                0,
                SESSION_TIMEOUT_MS,
                Optional.of(secretFile)),
            new SecureRandom());
    ZooKeeperProcess process = new ZooKeeperProcess(coordination, wire);
    processes.add(process);
    return process;
  }

  @Override
  public void close() throws Exception {
    for (ZooKeeperProcess process : processes) {
      process.close();
    }
  }

  private final class ZooKeeperProcess implements Process {

    private final ZooKeeperCoordination coordination;
    private final LoopbackProxy wire;
    private long sessionCutOff;

    ZooKeeperProcess(ZooKeeperCoordination coordination, LoopbackProxy wire) {
      this.coordination = coordination;
      this.wire = wire;
    }

    @Override
    public MetadataStore store() {
      return coordination.store();
    }

    @Override
    public LeaderElection election() {
      return coordination.election();
    }

    @Override
    public Membership membership() {
      return coordination.membership();
    }

    /** Whoever shows a session's id and password may take it over, and end it. */
    @Override
    public void expire() throws Exception {
      ZooKeeper mine = coordination.curator().getZookeeperClient().getZooKeeper();
      long id = mine.getSessionId();
      CountDownLatch connected = new CountDownLatch(1);
      ZooKeeper thief =
          new ZooKeeper(
              server.connectString(),
              SESSION_TIMEOUT_MS,
              event -> {
                if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                  connected.countDown();
                }
              },
              id,
              mine.getSessionPasswd());
      if (!connected.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the session could not be taken over");
      }
      thief.close();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  coordination.curator().getZookeeperClient().isConnected()
                      && coordination.curator().getZookeeperClient().getZooKeeper().getSessionId()
                          != id);
    }

    @Override
    public void cut() throws Exception {
      sessionCutOff = coordination.curator().getZookeeperClient().getZooKeeper().getSessionId();
      wire.cut();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> !coordination.curator().getZookeeperClient().isConnected());
    }

    @Override
    public void awaitExpiryOnServer() throws Exception {
      // an ephemeral node of the session tells: every test that waits has made one before
      await().atMost(Duration.ofSeconds(20)).until(() -> ephemerals(chroot) == 0);
    }

    private int ephemerals(String path) throws Exception {
      ZooKeeper zk = server.curator().getZookeeperClient().getZooKeeper();
      int count = 0;
      for (String name : zk.getChildren(path, false)) {
        String child = path + "/" + name;
        var stat = zk.exists(child, false);
        if (stat != null) {
          count += stat.getEphemeralOwner() == sessionCutOff ? 1 : 0;
          count += stat.getNumChildren() > 0 ? ephemerals(child) : 0;
        }
      }
      return count;
    }

    @Override
    public void heal() {
      wire.heal();
    }

    @Override
    public void close() throws Exception {
      wire.heal();
      coordination.close();
      wire.close();
    }
  }
}
