package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.geartrain.itests.apps.endless.Endless;
import io.geartrain.itests.apps.numbers.Numbers;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Life and death of a node. */
class NodeIT {
  @TempDir Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void shouldStartTellAndStop(Jdk jdk) throws Exception {
    Distribution distribution = Distribution.unpack(folder, jdk);
    try (Node node = distribution.start()) {
      assertThat(node.output()).contains("coordination").contains("master").contains("worker");
      assertThat(node.output()).contains("http://127.0.0.1:" + distribution.port() + "/ui");
      assertThat(distribution.gear("nodes").expect(0).out()).contains("master");
      assertThat(distribution.gear("schedulers").expect(0).out()).contains("spread", "pack");

      distribution.gear("node", "stop").expect(0);

      assertThat(node.awaitExit()).isZero();
      assertThat(distribution.data().resolve("node.json")).doesNotExist();
      assertThat(node.log()).doesNotContain(" ERROR ").doesNotContain(" WARN ");
    }
    assertThat(distribution.gear("apps").status()).isEqualTo(5);
  }

  @Test
  void shouldComeBackAfterSigkill() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path jar = TestBundles.revised(folder, "1.0.0", "one");
    String before;
    try (Node node = distribution.start()) {
      distribution.gear("deploy", jar.toString()).expect(0);
      before = node.rest().get("/api/v1/cluster").get("epoch").asText();
      node.kill();
    }
    try (Node node = distribution.start()) {
      assertThat(distribution.gear("bundles").expect(0).out()).contains("revised");
      JsonNode nodes = node.rest().get("/api/v1/nodes").get("nodes");
      assertThat(nodes).hasSize(1);
      assertThat(nodes.get(0).get("pid").asLong()).isEqualTo(node.pid());
      assertThat(node.rest().get("/api/v1/cluster").get("epoch").asText()).isNotEqualTo(before);
      Path output = folder.resolve("out.txt");
      distribution.gear("submit", "revised", "--set", "output=" + output, "--wait").expect(0);
      assertThat(output).hasContent("one");
    }
  }

  @Test
  void shouldForgetWhatWasTakenOutOfTheDeployFolderWhileItWasDown() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path kept = distribution.deployFolder().resolve("kept.jar");
    Path deleted = distribution.deployFolder().resolve("deleted.jar");
    try (Node node = distribution.start()) {
      Files.copy(
          TestBundle.named("kept", "1.0.0")
              .with(Endless.class, Numbers.class)
              .write(folder.resolve("kept.jar")),
          kept);
      Files.copy(
          TestBundle.named("deleted", "1.0.0")
              .with(Endless.class, Numbers.class)
              .write(folder.resolve("deleted.jar")),
          deleted);
      await("both bundles")
          .atMost(Duration.ofMinutes(1))
          .until(() -> bundles(node).containsAll(List.of("kept ACTIVE", "deleted ACTIVE")));
      node.kill();
    }
    Files.delete(deleted);
    try (Node node = distribution.start()) {
      await("one bundle")
          .atMost(Duration.ofMinutes(1))
          .until(() -> bundles(node).equals(List.of("kept ACTIVE")));
    }
  }

  private static List<String> bundles(Node node) throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonNode bundle : node.rest().get("/api/v1/bundles").get("bundles")) {
      found.add(bundle.get("name").asText() + " " + bundle.get("state").asText());
    }
    return found;
  }

  @Test
  void shouldAnswerShellCommandsOnItsTerminal() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path terminal = folder.resolve("terminal.txt");
    Process process =
        distribution
            .command("node", "start", "--shell")
            .redirectErrorStream(true)
            .redirectOutput(terminal.toFile())
            .start();
    try (Writer keyboard = process.outputWriter()) {
      await("node ready")
          .atMost(Duration.ofMinutes(3))
          .until(() -> Files.readString(terminal).contains("Ready in") || !process.isAlive());

      keyboard.write("gear:schedulers\n");
      keyboard.flush();

      await("an answer of the shell")
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.readString(terminal).contains("spread"));
      distribution.gear("node", "stop").expect(0);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldStartApplicationsAgainThatHadNotEnded() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    try (Node node = distribution.start()) {
      Path jar = TestBundles.application(folder, "endless", Endless.class);
      distribution.gear("submit", jar.toString()).expect(0);
      TestBundles.awaitState(node, "endless", "RUNNING");
      node.kill();
    }
    try (Node node = distribution.start()) {
      TestBundles.awaitState(node, "endless", "RUNNING");
    }
  }

  @Test
  void shouldRefuseASecondNodeOnTheSameData() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    try (Node node = distribution.start()) {
      Distribution.Result second = distribution.gear("node", "start");

      assertThat(second.status()).isNotZero();
      assertThat(second.err() + second.out())
          .contains(distribution.data().toString())
          .contains("" + node.pid());
      assertThat(node.rest().status("/api/v1/health/ready")).isEqualTo(200);
    }
  }

  @Test
  void shouldNameThePortThatIsTaken() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    try (ServerSocket taken =
        new ServerSocket(distribution.port(), 1, InetAddress.getLoopbackAddress())) {
      Distribution.Result result = distribution.gear("node", "start");

      assertThat(result.status()).isNotZero();
      assertThat(result.err() + result.out()).contains("" + taken.getLocalPort());
    }
    try (Node node = distribution.start()) {
      assertThat(node.process().isAlive()).isTrue();
    }
  }

  @Test
  void shouldRunTwiceOnOneMachine() throws Exception {
    Distribution left = Distribution.unpack(folder, Jdk.current());
    Distribution right = Distribution.unpack(folder, Jdk.current());
    try (Node one = left.start();
        Node two = right.start()) {
      left.gear("quickstart", "--exit").expect(0);
      right.gear("quickstart", "--exit").expect(0);
      assertThat(one.rest().get("/api/v1/apps").get("apps")).hasSize(1);
      assertThat(two.rest().get("/api/v1/apps").get("apps")).hasSize(1);
    }
  }

  @Test
  void shouldSayThatTheJdkIsTooOld() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path java = Files.createDirectories(folder.resolve("jdk 11/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo 'openjdk version "11.0.2" 2019-01-15' >&2
        exit 0
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String command : List.of("node", "apps")) {
      ProcessBuilder builder =
          command.equals("node")
              ? distribution.command("node", "start")
              : distribution.command(command);
      builder.environment().put("JAVA_HOME", java.getParent().getParent().toString());

      Distribution.Result result = Distribution.run(builder, 120);

      assertThat(result.status()).isNotZero();
      assertThat(result.err()).contains("17").contains("11");
    }
  }

  @Test
  void shouldStopOnSigtermAtAnyMoment() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    for (String moment : List.of("lock", "zookeeper", "node.json")) {
      try (Node node = Node.start(distribution)) {
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(5))
            .until(() -> Files.exists(distribution.data().resolve(moment)));
        int status = node.terminate();
        assertThat(status).as(moment + "\n" + node.output()).isIn(0, 143, 130);
      }
    }
    try (Node node = distribution.start()) {
      assertThat(node.process().isAlive()).isTrue();
    }
  }

  @Test
  void shouldKeepSecretsToTheOwner() throws IOException, InterruptedException {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    try (Node node = distribution.start()) {
      for (String file : List.of("security/token", "node.json")) {
        assertThat(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(distribution.data().resolve(file))))
            .as(file)
            .isEqualTo("rw-------");
      }
      assertThat(node.log()).doesNotContain(distribution.token());
    }
  }
}
