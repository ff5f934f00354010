package io.geartrain.coordination.zookeeper.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.LeaderListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedZooKeeperTest {

  private static final String HOLDING = "holding";
  private static final int SESSION_TIMEOUT_MS = 60_000;

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = temp.resolve("data").resolve("zookeeper");
  }

  @Test
  void shouldFindEverythingAgainAfterARestart() throws Exception {
    try (ZooKeeperCoordination first = open(0)) {
      first.store().create("/apps/a1/spec", "x".getBytes(UTF_8));
    }

    try (ZooKeeperCoordination second = open(0)) {
      assertThat(second.store().get("/apps/a1/spec").orElseThrow().text()).isEqualTo("x");
    }
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".properties"))).hasSize(1);
    }
  }

  @Test
  void shouldLetNobodyInWithoutTheSecret() throws Exception {
    try (ZooKeeperCoordination mine = open(0)) {
      mine.store().create("/apps/a1", new byte[0]);
      assertThat(Files.getPosixFilePermissions(folder.resolve("secret")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.getPosixFilePermissions(folder))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));

      Path wrong = Files.writeString(temp.resolve("wrong"), "guess");
      for (Optional<Path> secret : java.util.List.of(Optional.<Path>empty(), Optional.of(wrong))) {
        try (ZooKeeperCoordination stranger = join(mine.connectString(), secret)) {
          assertThatThrownBy(() -> stranger.store().get("/apps/a1"))
              .isInstanceOf(CoordinationException.Failed.class)
              .hasMessageContaining("secret");
          assertThatThrownBy(() -> stranger.store().create("/mine", new byte[0]))
              .isInstanceOf(CoordinationException.Failed.class);
          assertThatThrownBy(() -> stranger.store().children("/"))
              .isInstanceOf(CoordinationException.Failed.class);
        }
      }
      Path right = folder.resolve("secret");
      try (ZooKeeperCoordination friend = join(mine.connectString(), Optional.of(right))) {
        assertThat(friend.store().children("/")).containsExactly("apps");
      }
    }
  }

  @Test
  void shouldSayThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> open(taken.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("" + taken.getLocalPort())
          .hasMessageContaining("clientPort");
    }
  }

  @Test
  void shouldListenOnTheConfiguredPort() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }

    try (ZooKeeperCoordination coordination = open(port)) {
      assertThat(coordination.connectString()).isEqualTo("127.0.0.1:" + port);
    }
  }

  @Test
  void shouldSayThatTheSecretOfAnEnsembleIsMissing() {
    assertThatThrownBy(() -> join("127.0.0.1:1", Optional.of(temp.resolve("none"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }

  @Test
  void shouldGiveUpWaitingForAnEnsembleWhenInterrupted() throws Exception {
    CountDownLatch gaveUp = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try {
                join("127.0.0.1:1", Optional.empty());
              } catch (InterruptedException e) {
                gaveUp.countDown();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    waiting.start();

    waiting.interrupt();

    assertThat(gaveUp.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldLeaveNothingOfAKilledPredecessor() throws Exception {
    Process killed = startPredecessor();
    killed.destroyForcibly().waitFor();

    long startNs = System.nanoTime();
    try (ZooKeeperCoordination successor = open(0)) {
      assertThat(successor.store().children("/workers")).isEmpty();
      assertThat(successor.store().children("/leader")).isEmpty();
      assertThat(successor.store().exists("/deep/er/live")).isFalse();
      assertThat(successor.store().exists("/deep/er/stay")).isTrue();
      CountDownLatch elected = new CountDownLatch(1);
      successor.election().start("node-a", "a", listener(elected));
      assertThat(elected.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(successor.election().leader().orElseThrow().epoch()).isEqualTo(2);
    }
    // far below the time-out of the dead sessions
    assertThat(Duration.ofNanos(System.nanoTime() - startNs))
        .isLessThan(Duration.ofMillis(SESSION_TIMEOUT_MS / 2));
  }

  private Process startPredecessor() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Predecessor.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = out.readLine();
    while (line != null && !line.equals(HOLDING)) {
      line = out.readLine();
    }
    assertThat(line).isEqualTo(HOLDING);
    return process;
  }

  private ZooKeeperCoordination open(int port) throws Exception {
    return open(folder, port);
  }

  private static ZooKeeperCoordination open(Path folder, int port) throws Exception {
    return ZooKeeperCoordination.open(
        new ZooKeeperSettings(Optional.empty(), folder, port, SESSION_TIMEOUT_MS, Optional.empty()),
        new SecureRandom());
  }

  private ZooKeeperCoordination join(String connect, Optional<Path> secret)
      throws IOException, InterruptedException {
    return ZooKeeperCoordination.open(
        new ZooKeeperSettings(Optional.of(connect), folder, 0, SESSION_TIMEOUT_MS, secret),
        new SecureRandom());
  }

  private static LeaderListener listener(CountDownLatch elected) {
    return new LeaderListener() {
      @Override
      public void onElected(Epoch epoch) {
        elected.countDown();
      }

      @Override
      public void onDemoted(String reason) {}
    };
  }

  /** Runs in a JVM of its own, to be killed while it leads and is a member. */
  static final class Predecessor {

    public static void main(String[] args) throws Exception {
      ZooKeeperCoordination coordination = open(Path.of(args[0]), 0);
      CountDownLatch elected = new CountDownLatch(1);
      coordination.membership().join("workers", "w", new byte[0]);
      coordination.store().create("/deep/er/stay", new byte[0]);
      coordination.store().createEphemeral("/deep/er/live", new byte[0]);
      coordination.election().start("node-a", "a", listener(elected));
      elected.await();
      await().until(() -> coordination.election().leader().isPresent());
      System.out.println(HOLDING);
      new CountDownLatch(1).await();
    }
  }
}
