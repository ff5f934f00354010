package io.geartrain.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tar.gz, unpacked into a folder of its own, with a port of its own. */
final class Distribution {
  private final Path home;
  private final int port;
  private final Jdk jdk;

  private Distribution(Path home, int port, Jdk jdk) {
    this.home = home;
    this.port = port;
    this.jdk = jdk;
  }

  /** Unpacks the distribution into a new folder below {@code parent}. */
  static Distribution unpack(Path parent, Jdk jdk) {
    Path tarball = Path.of(System.getProperty("gear.tarball"));
    try {
      Files.createDirectories(parent);
      Path folder = Files.createTempDirectory(parent, "gear ");
      Process tar =
          new ProcessBuilder("tar", "xzf", tarball.toAbsolutePath().toString())
              .directory(folder.toFile())
              .inheritIO()
              .start();
      if (!tar.waitFor(60, TimeUnit.SECONDS) || tar.exitValue() != 0) {
        throw new IllegalStateException("can't unpack " + tarball);
      }
      Path home;
      try (var children = Files.list(folder)) {
        home = children.filter(Files::isDirectory).findFirst().orElseThrow();
      }
      Distribution distribution = new Distribution(home, freePort(), jdk);
      distribution.configure(
          "org.apache.felix.http", "org.osgi.service.http.port", "" + distribution.port);
      return distribution;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A port that nobody listened on a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Sets one key in {@code conf/<pid>.cfg}. */
  void configure(String pid, String key, String value) throws IOException {
    Path file = home.resolve("conf").resolve(pid + ".cfg");
    List<String> lines = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (!line.replace(" ", "").startsWith(key + "=")) {
          lines.add(line);
        }
      }
    }
    lines.add(key + " = " + value);
    Files.write(file, lines);
  }

  Path home() {
    return home;
  }

  Path data() {
    return home.resolve("data");
  }

  Path deployFolder() {
    return home.resolve("deploy");
  }

  int port() {
    return port;
  }

  /** The command line's token. */
  String token() throws IOException {
    return Files.readString(data().resolve("security/token")).trim();
  }

  /** An address at which a browser may log in once. */
  String loginUrl() throws IOException, InterruptedException {
    Matcher url = Pattern.compile("http://\\S+code=\\S+").matcher(gear("console").expect(0).out());
    if (!url.find()) {
      throw new AssertionError("gear console printed no address");
    }
    return url.group();
  }

  /** A command of this distribution, ready to start: {@code gear <args>}. */
  ProcessBuilder command(String... args) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/gear").toString());
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GEAR_"));
    environment.put("JAVA_HOME", jdk.home().toString());
    environment.put("NO_COLOR", "1");
    return builder;
  }

  /** Runs a command to its end, five minutes at most. */
  Result gear(String... args) throws IOException, InterruptedException {
    return run(command(args), 300);
  }

  /** Runs a process to its end. */
  static Result run(ProcessBuilder builder, long timeoutSeconds)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("gear-out", ".txt");
    Path err = Files.createTempFile("gear-err", ".txt");
    try {
      Process process =
          builder
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            builder.command() + " hangs; out: " + text(out) + " err: " + text(err));
      }
      return new Result(process.exitValue(), text(out), text(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /** Starts a node and waits until it is ready. */
  Node start() throws IOException {
    return Node.start(this).awaitReady();
  }

  /** How a command ended, and what it wrote. */
  record Result(int status, String out, String err) {
    /** Fails with all that was written unless the status is as expected. */
    Result expect(int expected) {
      if (status != expected) {
        throw new AssertionError(
            "exit status %d instead of %d%n--- out%n%s%n--- err%n%s"
                .formatted(status, expected, out, err));
      }
      return this;
    }
  }
}
