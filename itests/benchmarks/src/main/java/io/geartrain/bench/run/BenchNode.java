package io.geartrain.bench.run;

import io.geartrain.bench.data.Load;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A node of the distribution, in a process of its own, to which the workloads are submitted. */
final class BenchNode implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(3);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Pattern DIGEST = Pattern.compile("\"digest\"\\s*:\\s*\"([0-9a-f]{64})\"");
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([a-z0-9-]+)\"");
  private static final String NO_CHECKPOINTS = "\"gear.checkpoint.interval-ms\":\"0\"";
  private static final Pattern CHECKPOINTS = Pattern.compile("\"completed\"\\s*:\\s*([0-9]+)");
  private static final Pattern NUMBER = Pattern.compile("\"number\"\\s*:\\s*([0-9]+)");
  private static final Pattern TOOK = Pattern.compile("\"durationMs\"\\s*:\\s*([0-9]+)");
  private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"([A-Z_]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final int port;
  private final Process process;
  private String digest;

  private BenchNode(Path home, int port, Process process) {
    this.home = home;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a node in a folder where the distribution is unpacked; tries another port once, for
   * somebody else may have taken the first one meanwhile.
   */
  static BenchNode start(Path home, String jvm) throws IOException {
    try {
      return startOnce(home, jvm);
    } catch (IOException e) {
      return startOnce(home, jvm);
    }
  }

  private static BenchNode startOnce(Path home, String jvm) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.writeString(
        home.resolve("conf/org.apache.felix.http.cfg"),
        "org.osgi.service.http.port = " + port + "\norg.apache.felix.http.host = 127.0.0.1\n");
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/gear").toString(), "node", "start");
    builder.environment().keySet().removeIf(name -> name.startsWith("GEAR_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("GEAR_JAVA_OPTS", jvm);
    builder.redirectErrorStream(true).redirectOutput(home.resolve("terminal.txt").toFile());
    BenchNode node = new BenchNode(home, port, builder.start());
    node.awaitReady();
    return node;
  }

  /** Runs a workload to its end; leaves the node alone while it is measured. */
  void run(Load load, Path jar) throws IOException {
    String id = submit(load, jar);
    awaitRunning(id);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(load.warmUpMs() + load.measureMs()));
    awaitEnd(id, load);
  }

  /** Submits a workload; the id of its application. */
  String submit(Load load, Path jar) throws IOException {
    return submit(load, jar, "");
  }

  /** Submits a workload that goes on with the state of the newest savepoint of an application. */
  String submitFrom(String saved, Load load, Path jar) throws IOException {
    return submit(load, jar, ",\"from\":\"" + saved + "\"");
  }

  private String submit(Load load, Path jar, String more) throws IOException {
    if (digest == null) {
      digest = find(DIGEST, send("POST", "/api/v1/bundles", jar, null));
    }
    String settings =
        load.settings().entrySet().stream()
            .map(one -> "\"" + one.getKey() + "\":\"" + one.getValue() + "\"")
            .collect(Collectors.joining(","));
    return find(
        ID,
        send(
            "POST",
            "/api/v1/apps",
            null,
            "{\"bundle\":\"%s\",\"settings\":{%s,%s}%s}"
                .formatted(digest, NO_CHECKPOINTS, settings, more)));
  }

  /** Waits until the tasks of an application run. */
  void awaitRunning(String id) throws IOException {
    await(id, "RUNNING");
  }

  /** Waits for the end of an application. */
  void awaitEnd(String id, Load load) throws IOException {
    String answer = await(id, "COMPLETED");
    if (!find(STATE, answer).equals("COMPLETED")) {
      throw new IOException(load.workload() + " did not complete: " + answer);
    }
  }

  /** Waits for a state, or for an end; the last view of the application. */
  private String await(String id, String state) throws IOException {
    String answer = view(id);
    while (!List.of(state, "COMPLETED", "FAILED", "CANCELLED").contains(find(STATE, answer))) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      answer = view(id);
    }
    return answer;
  }

  private String view(String id) throws IOException {
    return send("GET", "/api/v1/apps/" + id, null, null);
  }

  /** Asks how an application is. */
  void look(String id) throws IOException {
    view(id);
  }

  /** Asks for a checkpoint now. */
  void checkpoint(String id) throws IOException {
    send("POST", "/api/v1/apps/" + id + "/checkpoints", null, "{}");
  }

  /** How many checkpoints of an application stand that were made since it began. */
  long checkpoints(String id) throws IOException {
    return Long.parseLong(find(CHECKPOINTS, view(id)));
  }

  /** Takes a savepoint, and waits until it stands; how long it took, in ms. */
  long savepoint(String id) throws IOException {
    String path = "/api/v1/apps/" + id + "/savepoints";
    String one = path + "/" + find(NUMBER, send("POST", path, null, "{}"));
    String answer = send("GET", one, null, null);
    while (find(STATE, answer).equals("IN_PROGRESS")) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      answer = send("GET", one, null, null);
    }
    if (!find(STATE, answer).equals("STANDING")) {
      throw new IOException("no savepoint of " + id + ": " + answer);
    }
    return Long.parseLong(find(TOOK, answer));
  }

  /** Fails if an application has ended. */
  void requireRunning(String id) throws IOException {
    String answer = view(id);
    if (List.of("COMPLETED", "FAILED", "CANCELLED").contains(find(STATE, answer))) {
      throw new IOException(id + " has ended: " + answer);
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + READY.toNanos();
    while (!ready()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        process.destroyForcibly();
        throw new IOException(
            "the node is not ready: " + Files.readString(home.resolve("terminal.txt")));
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private boolean ready() {
    try {
      send("GET", "/api/v1/health/ready", null, null);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a request, with a file or a text if there is one; the answer of one that succeeded. */
  private String send(String method, String path, Path file, String json) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(1));
    Path token = home.resolve("data/security/token");
    if (Files.exists(token)) {
      request.header("Authorization", "Bearer " + Files.readString(token).trim());
    }
    if (file != null) {
      request.header("Content-Type", "application/java-archive");
      request.header("X-File-Name", file.getFileName().toString());
      request.method(method, BodyPublishers.ofFile(file));
    } else if (json != null) {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(json));
    } else {
      request.method(method, BodyPublishers.noBody());
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException(
            method + " " + path + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String find(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  /** Kills the node: all that was measured is written, and nobody needs its data. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
