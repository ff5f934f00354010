package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.geartrain.itests.apps.endless.Endless;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Uploads and submissions that are broken off midway leave nothing behind. */
class UploadIT extends SharedNode {
  private static final Duration SOON = Duration.ofMinutes(1);

  @Test
  void shouldKeepNothingOfAnUploadThatBreaksOff() throws Exception {
    long before = filesOfTheStore();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), distribution.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/bundles HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                  + "Content-Type: application/java-archive\r\nX-File-Name: half.jar\r\n"
                  + "Content-Length: 50000000\r\n\r\n")
              .formatted(distribution.port(), distribution.token())
              .getBytes(StandardCharsets.ISO_8859_1));
      out.write(new byte[1 << 20]);
      out.flush();
      await("the upload arrives").atMost(SOON).until(() -> filesOfTheStore() > before);
    }

    await("nothing is left").atMost(SOON).until(() -> filesOfTheStore() == before);
    assertThat(node.rest().get("/api/v1/bundles").toString()).doesNotContain("half");
    assertThat(node.rest().status("/api/v1/health/ready")).isEqualTo(200);
  }

  @Test
  void shouldLeaveNothingWhenADeploymentIsInterrupted() throws Exception {
    Path jar = folder.resolve("interrupted.jar");
    // less than the largest upload, takes a second or more, and no room on the disk
    try (RandomAccessFile sparse = new RandomAccessFile(jar.toFile(), "rw")) {
      sparse.setLength(1000L << 20);
    }
    long before = filesOfTheStore();
    Process deploy = Signals.interruptible(distribution.command("deploy", jar.toString())).start();
    await("the upload arrives")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> filesOfTheStore() > before || !deploy.isAlive());

    Signals.interrupt(deploy.pid());

    assertThat(deploy.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(deploy.exitValue())
        .as(new String(deploy.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(130);
    await("nothing is left").atMost(SOON).until(() -> filesOfTheStore() == before);
    Files.delete(jar);
  }

  @Test
  void shouldLetTheApplicationGoOnWhenWaitingForItIsInterrupted() throws Exception {
    Path jar = TestBundles.application(folder, "endless", Endless.class);
    Path terminal = folder.resolve("terminal.txt");
    Process submit =
        Signals.interruptible(distribution.command("submit", jar.toString(), "--wait"))
            .redirectErrorStream(true)
            .redirectOutput(terminal.toFile())
            .start();
    String id = TestBundles.awaitState(node, "endless", "RUNNING");
    await("the command has its answer")
        .atMost(SOON)
        .until(() -> Files.readString(terminal).contains("Placing"));

    Signals.interrupt(submit.pid());

    assertThat(submit.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(submit.exitValue()).as(Files.readString(terminal)).isEqualTo(130);
    assertThat(Files.readString(terminal)).contains("goes on").contains("gear cancel " + id);
    JsonNode app = node.rest().get("/api/v1/apps/" + id);
    assertThat(app.get("state").asText()).isEqualTo("RUNNING");
    distribution.gear("cancel", id, "--yes").expect(0);
    TestBundles.awaitState(node, "endless", "CANCELLED");
  }

  private static long filesOfTheStore() throws IOException {
    try (Stream<Path> files = Files.list(distribution.data().resolve("bundles"))) {
      return files.count();
    }
  }
}
