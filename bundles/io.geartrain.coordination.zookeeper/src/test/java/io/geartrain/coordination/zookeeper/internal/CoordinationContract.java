package io.geartrain.coordination.zookeeper.internal;

import io.geartrain.coordination.MetadataStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every store, election and membership has to hold to; run on each implementation. */
abstract class CoordinationContract
    implements NodesContract,
        TransactionsContract,
        SessionsContract,
        WatchesContract,
        EpochsContract,
        ElectionContract,
        MembershipContract {

  private TestCluster cluster;
  private TestCluster.Process process;
  private MetadataStore store;

  abstract TestCluster newCluster() throws Exception;

  @BeforeEach
  void start() throws Exception {
    cluster = newCluster();
    process = cluster.newProcess();
    store = process.store();
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  @Override
  public TestCluster cluster() {
    return cluster;
  }

  @Override
  public TestCluster.Process process() {
    return process;
  }

  @Override
  public MetadataStore store() {
    return store;
  }
}
