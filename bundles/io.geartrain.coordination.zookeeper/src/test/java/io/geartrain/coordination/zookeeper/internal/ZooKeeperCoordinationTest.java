package io.geartrain.coordination.zookeeper.internal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZooKeeperCoordinationTest extends CoordinationContract {

  private final AtomicInteger trees = new AtomicInteger();
  private Path folder;
  private ZooKeeperCoordination server;

  @BeforeAll
  void startServer(@TempDir Path temp) throws Exception {
    folder = temp.resolve("zookeeper");
    server = ZooKeeperTestCluster.startServer(folder);
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @Override
  TestCluster newCluster() {
    return new ZooKeeperTestCluster(server, folder, "tree" + trees.incrementAndGet());
  }
}
