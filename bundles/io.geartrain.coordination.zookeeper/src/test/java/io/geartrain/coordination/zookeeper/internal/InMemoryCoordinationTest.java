package io.geartrain.coordination.zookeeper.internal;

class InMemoryCoordinationTest extends CoordinationContract {

  @Override
  TestCluster newCluster() {
    return new InMemoryTestCluster();
  }
}
