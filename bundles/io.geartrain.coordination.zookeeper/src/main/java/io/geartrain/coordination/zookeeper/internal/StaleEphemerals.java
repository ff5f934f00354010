package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.CoordinationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what sessions of an earlier process have left in an embedded server: the lock on the data
 * folder proves that process dead, so nobody has to wait until its sessions time out. Runs once, on
 * the starting thread, before anybody else has a session.
 */
final class StaleEphemerals {

  private static final Logger log = LoggerFactory.getLogger(StaleEphemerals.class);
  private static final long TIMEOUT_MS = 30_000;
  private static final long CONTAINER = Long.MIN_VALUE;

  private final ZooKeeper zk;

  StaleEphemerals(ZooKeeper zk) {
    this.zk = zk;
  }

  /** Returns how many nodes were removed. */
  int remove() {
    List<String> stale = find();
    CountDownLatch open = new CountDownLatch(stale.size());
    for (String path : stale) {
      log.info("Removed {} of an earlier process", path);
      zk.delete(path, -1, (result, p, context) -> open.countDown(), null);
    }
    await(open);
    return stale.size();
  }

  /** Breadth first, all nodes of a level asked for at once. */
  private List<String> find() {
    List<String> stale = new ArrayList<>();
    List<String> level = List.of("/");
    while (!level.isEmpty()) {
      Queue<String> ephemerals = new ConcurrentLinkedQueue<>();
      Queue<String> next = new ConcurrentLinkedQueue<>();
      CountDownLatch open = new CountDownLatch(level.size());
      for (String node : level) {
        zk.getChildren(
            node,
            false,
            (result, path, context, children, stat) -> {
              if (stat != null && stat.getEphemeralOwner() != 0 && !container(stat)) {
                ephemerals.add(path);
              }
              if (children != null) {
                children.forEach(name -> addChild(next, path, name));
              }
              open.countDown();
            },
            null);
      }
      await(open);
      stale.addAll(ephemerals);
      level = List.copyOf(next);
    }
    return stale;
  }

  private static boolean container(org.apache.zookeeper.data.Stat stat) {
    return stat.getEphemeralOwner() == CONTAINER;
  }

  private static void addChild(Queue<String> next, String parent, String name) {
    if (!parent.equals("/")) {
      next.add(parent + "/" + name);
    } else if (!name.equals("zookeeper")) {
      next.add("/" + name);
    }
  }

  private static void await(CountDownLatch open) {
    try {
      if (!open.await(TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        throw new CoordinationException.Unavailable(
            "/", "no answer within " + TIMEOUT_MS + " ms", null);
      }
    } catch (InterruptedException e) {
      throw KeeperErrors.translate("/", e);
    }
  }
}
