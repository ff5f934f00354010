package io.geartrain.coordination.zookeeper.internal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a node reaches the store.
 *
 * @param connect connect string of an external ensemble; empty for a server in this JVM
 * @param folder where the embedded server keeps its data and its secret
 * @param clientPort port of the embedded server on the loopback address; 0 for any free one
 * @param sessionTimeoutMs how long a silent process keeps its session
 * @param secretFile holds the secret of an external ensemble; without it nodes are open to
 *     everybody
 */
record ZooKeeperSettings(
    Optional<String> connect,
    Path folder,
    int clientPort,
    int sessionTimeoutMs,
    Optional<Path> secretFile) {

  ZooKeeperSettings {
    if (clientPort < 0 || clientPort > 65_535) {
      throw new IllegalArgumentException("clientPort is 0 to 65535, but is " + clientPort);
    }
    if (sessionTimeoutMs < 1_000 || sessionTimeoutMs > 120_000) {
      throw new IllegalArgumentException(
          "sessionTimeoutMs is 1000 to 120000, but is " + sessionTimeoutMs);
    }
  }

  /** For people: {@code embedded}, or where the ensemble is. */
  String description() {
    return connect.orElse("embedded");
  }
}
