package io.geartrain.itests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A node of a distribution: a real process. */
final class Node implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(3);

  private final Distribution distribution;
  private final Process process;
  private final Path output;

  private Node(Distribution distribution, Process process, Path output) {
    this.distribution = distribution;
    this.process = process;
    this.output = output;
  }

  /** Starts {@code gear node start}, and does not wait. */
  static Node start(Distribution distribution, String... args) throws IOException {
    Path output = Files.createTempFile("gear-node", ".txt");
    String[] command = new String[args.length + 2];
    command[0] = "node";
    command[1] = "start";
    System.arraycopy(args, 0, command, 2, args.length);
    Process process =
        distribution
            .command(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .start();
    return new Node(distribution, process, output);
  }

  /** Waits until the node says that it is ready, over REST and on its terminal. */
  Node awaitReady() {
    Rest rest = Rest.anonymous(distribution.port());
    await("node ready")
        .atMost(READY)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("the node ended:\n" + output());
              }
              return rest.status("/api/v1/health/ready") == 200 && output().contains("Ready in");
            });
    return this;
  }

  /** REST with the command line's token. */
  Rest rest() {
    try {
      return Rest.withToken(distribution.port(), distribution.token());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  Process process() {
    return process;
  }

  /** All that the node has written to its terminal. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its log. */
  String log() {
    StringBuilder all = new StringBuilder();
    try (var files = Files.list(distribution.home().resolve("logs"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and waits for the end; the exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  /** Waits for the end; the exit status. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the node does not end:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    Files.deleteIfExists(output);
  }
}
