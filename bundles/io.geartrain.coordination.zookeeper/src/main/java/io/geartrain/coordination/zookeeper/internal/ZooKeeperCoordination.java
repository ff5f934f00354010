package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.provider.EpochElection;
import io.geartrain.coordination.provider.StoreMembership;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process's part in coordination: the embedded server, if it is this process's, one session,
 * and the services on it. Opened and closed by one thread, not necessarily the same.
 */
final class ZooKeeperCoordination implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ZooKeeperCoordination.class);
  private static final int CONNECTION_TIMEOUT_MS = 5_000;
  private static final int CLOSE_WAIT_MS = 500;
  private static final int TELL_WAITING_S = 10;
  private static final String USER = "geartrain:";

  private final Optional<EmbeddedZooKeeper> server;
  private final CuratorFramework curator;
  private final ExecutorService events = Executors.newSingleThreadExecutor(thread("gear-store"));
  private final ExecutorService elections =
      Executors.newSingleThreadExecutor(thread("gear-election"));
  private final ZooKeeperMetadataStore store;
  private final EpochElection election;
  private final StoreMembership membership;

  private ZooKeeperCoordination(
      Optional<EmbeddedZooKeeper> server,
      String connect,
      int sessionTimeoutMs,
      Optional<String> secret) {
    this.server = server;
    List<ACL> acl = secret.isPresent() ? ZooDefs.Ids.CREATOR_ALL_ACL : ZooDefs.Ids.OPEN_ACL_UNSAFE;
    this.curator = client(connect, sessionTimeoutMs, secret, acl);
    this.store = new ZooKeeperMetadataStore(curator, acl, events);
    this.election = new EpochElection(store, new CuratorLatchQueue(curator, elections), elections);
    this.membership = new StoreMembership(store);
  }

  /**
   * Starts the server, if it is to be embedded, and opens the session; returns when it is there.
   *
   * @throws IOException if the embedded server does not start or the secret can't be read
   * @throws InterruptedException if the thread is told to give up
   */
  static ZooKeeperCoordination open(ZooKeeperSettings settings, SecureRandom random)
      throws IOException, InterruptedException {
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    current.setContextClassLoader(ZooKeeper.class.getClassLoader());
    try {
      return settings.connect().isPresent() ? join(settings) : embed(settings, random);
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private static ZooKeeperCoordination join(ZooKeeperSettings settings)
      throws IOException, InterruptedException {
    Optional<String> secret = Optional.empty();
    if (settings.secretFile().isPresent()) {
      secret = Optional.of(Secret.read(settings.secretFile().get()));
    }
    String connect = settings.connect().orElseThrow();
    return connected(
        new ZooKeeperCoordination(Optional.empty(), connect, settings.sessionTimeoutMs(), secret));
  }

  private static ZooKeeperCoordination embed(ZooKeeperSettings settings, SecureRandom random)
      throws IOException, InterruptedException {
    Path folder = settings.folder();
    Secret.createFolder(folder);
    String secret = Secret.readOrCreate(folder.resolve("secret"), random);
    EmbeddedZooKeeper server = EmbeddedZooKeeper.start(folder, settings.clientPort());
    ZooKeeperCoordination opened =
        connected(
            new ZooKeeperCoordination(
                Optional.of(server),
                server.connectString(),
                settings.sessionTimeoutMs(),
                Optional.of(secret)));
    try {
      opened.takeOver();
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private static ZooKeeperCoordination connected(ZooKeeperCoordination opening)
      throws InterruptedException {
    try {
      opening.curator.start();
      while (!opening.curator.blockUntilConnected(TELL_WAITING_S, TimeUnit.SECONDS)) {
        log.warn(
            "Still waiting for ZooKeeper at {}; is it running, and reachable from here?",
            opening.connectString());
      }
    } catch (InterruptedException | RuntimeException e) {
      opening.close();
      throw e;
    }
    return opening;
  }

  private static CuratorFramework client(
      String connect, int sessionTimeoutMs, Optional<String> secret, List<ACL> acl) {
    ZKClientConfig client = new ZKClientConfig();
    client.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(connect)
            .sessionTimeoutMs(sessionTimeoutMs)
            .connectionTimeoutMs(CONNECTION_TIMEOUT_MS)
            .waitForShutdownTimeoutMs(CLOSE_WAIT_MS)
            .retryPolicy(new ExponentialBackoffRetry(50, 5, 1_000))
            .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
            .dontUseContainerParents()
            .ensembleTracker(false)
            .zkClientConfig(client)
            .aclProvider(sameForAll(acl));
    secret.ifPresent(s -> builder.authorization("digest", bytes(USER + s)));
    return builder.build();
  }

  /** Shuts other users of the machine out, and removes what a dead predecessor has left. */
  private void takeOver() {
    try {
      ZooKeeper zk = curator.getZookeeperClient().getZooKeeper();
      zk.setACL("/", ZooDefs.Ids.CREATOR_ALL_ACL, -1);
      new StaleEphemerals(zk).remove();
    } catch (Exception e) {
      throw KeeperErrors.translate("/", e);
    }
  }

  MetadataStore store() {
    return store;
  }

  LeaderElection election() {
    return election;
  }

  Membership membership() {
    return membership;
  }

  CuratorFramework curator() {
    return curator;
  }

  String connectString() {
    return curator.getZookeeperClient().getCurrentConnectionString();
  }

  /** Steps down, leaves, ends the session, then stops the server. */
  @Override
  public void close() {
    quietly("election", election::close);
    quietly("membership", membership::close);
    quietly("store", store::close);
    quietly("session", curator::close);
    events.shutdown();
    elections.shutdown();
    server.ifPresent(running -> quietly("server", running::close));
  }

  private static void quietly(String what, Runnable close) {
    try {
      close.run();
    } catch (RuntimeException e) {
      log.warn("Coordination did not close in good order: {}", what, e);
    }
  }

  private static java.util.concurrent.ThreadFactory thread(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static ACLProvider sameForAll(List<ACL> acl) {
    return new ACLProvider() {
      @Override
      public List<ACL> getDefaultAcl() {
        return acl;
      }

      @Override
      public List<ACL> getAclForPath(String path) {
        return acl;
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
