package io.geartrain.itests;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A node that all tests of a class share. */
abstract class SharedNode {
  @TempDir static Path folder;

  static Distribution distribution;
  static Node node;

  @BeforeAll
  static void startNode() throws IOException {
    distribution = Distribution.unpack(folder, Jdk.current());
    node = distribution.start();
  }

  @AfterAll
  static void stopNode() throws Exception {
    node.close();
  }
}
