package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.provider.Latch;
import io.geartrain.coordination.provider.LatchQueue;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.zookeeper.KeeperException;

/** The queue for the leadership, kept by Curator's leader latch. Any thread. */
final class CuratorLatchQueue implements LatchQueue {

  private final CuratorFramework curator;
  private final Executor executor;

  /**
   * @param executor tells what becomes of a latch
   */
  CuratorLatchQueue(CuratorFramework curator, Executor executor) {
    this.curator = curator;
    this.executor = executor;
  }

  @Override
  public Latch newLatch(String candidateId) {
    return new CuratorLatch(new LeaderLatch(curator, LeaderElection.LATCH_PATH, candidateId));
  }

  @Override
  public Optional<String> head() {
    String path = LeaderElection.LATCH_PATH;
    if (!curator.getZookeeperClient().isConnected()) {
      throw new CoordinationException.Unavailable(path, "not connected", null);
    }
    try {
      String id = new LeaderLatch(curator, path).getLeader().getId();
      return id.isEmpty() ? Optional.empty() : Optional.of(id);
    } catch (KeeperException.NoNodeException e) {
      return Optional.empty();
    } catch (Exception e) {
      throw KeeperErrors.translate(path, e);
    }
  }

  private final class CuratorLatch implements Latch {

    private final LeaderLatch latch;

    CuratorLatch(LeaderLatch latch) {
      this.latch = latch;
    }

    @Override
    public void start(Listener listener) {
      latch.addListener(
          new LeaderLatchListener() {
            @Override
            public void isLeader() {
              listener.onAcquired();
            }

            @Override
            public void notLeader() {
              listener.onReleased();
            }
          },
          executor);
      try {
        latch.start();
      } catch (Exception e) {
        throw KeeperErrors.translate(LeaderElection.LATCH_PATH, e);
      }
    }

    @Override
    public boolean acquired() {
      return latch.hasLeadership();
    }

    @Override
    public void close() {
      if (latch.getState() != LeaderLatch.State.STARTED) {
        return;
      }
      try {
        latch.close(LeaderLatch.CloseMode.SILENT);
      } catch (IOException e) {
        throw KeeperErrors.translate(LeaderElection.LATCH_PATH, e);
      }
    }
  }
}
