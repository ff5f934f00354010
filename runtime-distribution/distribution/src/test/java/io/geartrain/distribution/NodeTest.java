package io.geartrain.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Distribution distribution;

  @BeforeEach
  void unpack() throws Exception {
    distribution = Distribution.unpack(folder.resolve("a folder+100% odd"));
  }

  @Test
  void shouldBootWithEveryBundleResolvedAndStopClean() throws Exception {
    try (Distribution.Running node = distribution.gear("node", "start", "--port", "0")) {
      awaitReady(node);

      assertThat(node.out()).startsWith("gear ").doesNotContain("✘");
      assertThat(node.err()).isEmpty();
      assertThat(logLines()).noneMatch(line -> line.contains(" ERROR "));
      assertThat(Files.getPosixFilePermissions(announcement())).hasSize(2);

      node.process().destroy();
      assertThat(node.process().onExit().join().exitValue()).isEqualTo(143);
      assertThat(announcement()).doesNotExist();
      assertThat(logLines()).noneMatch(line -> line.contains(" ERROR "));
    }
  }

  @Test
  void shouldRefuseADataFolderThatAnotherNodeHolds() throws Exception {
    try (Distribution.Running first = distribution.gear("node", "start", "--port", "0")) {
      await().atMost(PATIENCE).until(() -> Files.exists(announcement()));

      try (Distribution.Running second = distribution.gear("node", "start", "--port", "0")) {
        assertThat(second.process().waitFor()).isEqualTo(1);
        assertThat(second.err())
            .contains("another node (pid " + first.process().pid() + ")")
            .contains(distribution.home().toRealPath().resolve("data").toString());
      }
      assertThat(first.process().isAlive()).isTrue();
    }
  }

  @Test
  void shouldStartAgainAfterAKill() throws Exception {
    try (Distribution.Running killed = distribution.gear("node", "start", "--port", "0")) {
      await().atMost(PATIENCE).until(() -> Files.exists(announcement()));
      killed.process().destroyForcibly().onExit().join();
    }

    try (Distribution.Running next = distribution.gear("node", "start", "--port", "0")) {
      awaitReady(next);
      assertThat(Files.readString(announcement())).contains("\"pid\":" + next.process().pid());
    }
  }

  @Test
  void shouldNameThePortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      try (Distribution.Running node = distribution.gear("node", "start", "--port", port)) {
        assertThat(node.process().waitFor()).isEqualTo(1);
        assertThat(node.err())
            .contains("HTTP port " + port, "--port N", "org.apache.felix.http.cfg");
      }
    }
  }

  @Test
  void shouldStopWhenInterruptedWhileItBoots() throws Exception {
    try (Distribution.Running node = distribution.gear("node", "start", "--port", "0")) {
      await()
          .atMost(PATIENCE)
          .until(() -> Files.exists(distribution.home().resolve("data/node.id")));
      node.process().destroy();

      assertThat(node.process().onExit().join().exitValue()).isEqualTo(143);
      assertThat(announcement()).doesNotExist();
    }
    try (Distribution.Running next = distribution.gear("node", "start", "--port", "0")) {
      awaitReady(next);
    }
  }

  @Test
  void shouldRunThroughALinkFromAnyFolder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), distribution.script());

    try (Distribution.Running help =
        Distribution.run(
            link,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            "node",
            "start",
            "--help")) {
      assertThat(help.process().waitFor()).isZero();
      assertThat(help.out()).startsWith("Usage: gear node start");
    }
  }

  @Test
  void shouldRefuseAnUnknownOption() throws Exception {
    try (Distribution.Running node = distribution.gear("node", "start", "--prot", "1")) {
      assertThat(node.process().waitFor()).isEqualTo(2);
      assertThat(node.err()).contains("unknown option '--prot'");
    }
  }

  @Test
  void shouldSayThatTheDataFolderCanNotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    try (Distribution.Running node =
        distribution.gear("node", "start", "--data", file.resolve("data").toString())) {
      assertThat(node.process().waitFor()).isEqualTo(1);
      assertThat(node.err()).contains("data folder " + file.resolve("data"), "can't be written");
    }
  }

  private void awaitReady(Distribution.Running node) {
    await()
        .atMost(PATIENCE)
        .until(() -> node.out().contains("Ready in") || !node.process().isAlive());
    assertThat(node.process().isAlive()).as(node.out() + node.err()).isTrue();
  }

  private Path announcement() {
    return distribution.home().resolve("data/node.json");
  }

  private List<String> logLines() throws Exception {
    return Files.readAllLines(distribution.home().resolve("logs/gear.log"));
  }
}
