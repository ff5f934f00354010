package io.geartrain.coordination.zookeeper.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/**
 * A ZooKeeper server in this JVM, on the loopback address only. Started and closed by one thread;
 * at most one in a JVM at a time, for it is configured by system properties in part.
 */
final class EmbeddedZooKeeper implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int TICK_MS = 500;
  private static final int MAX_SESSION_TIMEOUT_MS = 120_000;
  private static final long START_TIMEOUT_MS = 30_000;

  private final ZooKeeperServerEmbedded server;

  private EmbeddedZooKeeper(ZooKeeperServerEmbedded server) {
    this.server = server;
  }

  /**
   * Starts a server and waits until it accepts sessions.
   *
   * @param folder holds its data; exists
   * @param port 0 for any free one
   * @throws IOException if the port is taken or the server does not come up
   */
  static EmbeddedZooKeeper start(Path folder, int port) throws IOException {
    checkFree(port);
    deleteOldConfigurations(folder);
    ZooKeeperServerEmbedded server = null;
    try {
      server =
          ZooKeeperServerEmbedded.builder()
              .baseDir(folder)
              .configuration(configuration(folder, port))
              .exitHandler(ExitHandler.LOG_ONLY)
              .build();
      server.start(START_TIMEOUT_MS);
      return new EmbeddedZooKeeper(server);
    } catch (Exception e) {
      if (server != null) {
        server.close();
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IOException(
          "the embedded ZooKeeper server did not start on data in " + folder + ": " + e, e);
    }
  }

  String connectString() {
    return LOOPBACK + ":" + server.getClientPort();
  }

  @Override
  public void close() {
    server.close();
  }

  private static Properties configuration(Path folder, int port) {
    Properties properties = new Properties();
    properties.setProperty("dataDir", folder.resolve("data").toAbsolutePath().toString());
    properties.setProperty("clientPortAddress", LOOPBACK);
    properties.setProperty("clientPort", Integer.toString(port));
    properties.setProperty("tickTime", Integer.toString(TICK_MS));
    properties.setProperty("minSessionTimeout", Integer.toString(2 * TICK_MS));
    properties.setProperty("maxSessionTimeout", Integer.toString(MAX_SESSION_TIMEOUT_MS));
    properties.setProperty("maxClientCnxns", "0");
    properties.setProperty("maxCnxns", "1000");
    properties.setProperty("autopurge.snapRetainCount", "3");
    properties.setProperty("autopurge.purgeInterval", "1");
    // what the server does not know it makes system properties of
    properties.setProperty("admin.enableServer", "false");
    properties.setProperty("preAllocSize", "64"); // KB, of each log
    properties.setProperty("jmx.log4j.disable", "true");
    return properties;
  }

  /** The server itself would only log that its port is taken, and be waited for in vain. */
  private static void checkFree(int port) throws IOException {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
    } catch (IOException e) {
      throw new IOException(
          "port "
              + port
              + " of the embedded ZooKeeper server is taken; set another clientPort, or 0 for any",
          e);
    }
  }

  /** Each start of the server leaves its configuration behind in a file of a new name. */
  private static void deleteOldConfigurations(Path folder) throws IOException {
    try (DirectoryStream<Path> old =
        Files.newDirectoryStream(folder, "zookeeper.configuration*.properties")) {
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    }
  }
}
