package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.coordination.memory.InMemoryMetadataStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class InMemoryTestCluster implements TestCluster {

  private final InMemoryEnsemble ensemble = new InMemoryEnsemble();
  private final List<ExecutorService> executors = new ArrayList<>();

  @Override
  public Process newProcess() {
    ExecutorService delivery = Executors.newSingleThreadExecutor();
    executors.add(delivery);
    InMemoryMetadataStore store = ensemble.connect(delivery);
    return new InMemoryProcess(store, store.newElection(), store.newMembership());
  }

  @Override
  public void close() {
    executors.forEach(ExecutorService::shutdownNow);
  }

  private record InMemoryProcess(
      InMemoryMetadataStore memory, LeaderElection election, Membership membership)
      implements Process {

    @Override
    public MetadataStore store() {
      return memory;
    }

    @Override
    public void expire() {
      memory.expire();
      memory.reconnect();
    }

    @Override
    public void cut() {
      memory.disconnect();
    }

    @Override
    public void awaitExpiryOnServer() {
      memory.expire();
    }

    @Override
    public void heal() {
      memory.reconnect();
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
