package io.geartrain.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node, says when it is ready, and ends with it. Runs on the main thread. */
public final class Main {
  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();
  private static final long HTTP_TIMEOUT_MS = 60_000;
  private static final long COMPLAIN_AFTER_MS = 30_000;
  private static final long STOP_TIMEOUT_MS = 20_000;

  private final PrintStream out;
  private final boolean terminal;
  private final boolean colour;
  private final Instant startedAt = processStart();
  private final long pid = ProcessHandle.current().pid();

  private Main(PrintStream out, boolean terminal, boolean colour) {
    this.out = out;
    this.terminal = terminal;
    this.colour = colour;
  }

  /**
   * Entry point. The system property {@code gear.home} names the unpacked distribution.
   *
   * @param arguments options, see {@code gear node start --help}
   */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    boolean terminal = Boolean.getBoolean("gear.terminal");
    boolean colour = terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    int status = 0;
    try {
      new Main(out, terminal, colour).run(List.of(arguments));
    } catch (LaunchException e) {
      err.println("gear: " + e.getMessage());
      if (e.getCause() != null) {
        LoggerFactory.getLogger(Main.class).error(e.getMessage(), e.getCause());
      }
      status = e.status();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = LaunchException.FAILED;
    } catch (IOException | RuntimeException e) {
      err.println("gear: the node failed: " + e);
      LoggerFactory.getLogger(Main.class).error("The node failed", e);
      status = LaunchException.FAILED;
    }
    System.exit(status);
  }

  private void run(List<String> arguments)
      throws LaunchException, InterruptedException, IOException {
    Options options = Options.parse(arguments);
    if (options.help()) {
      out.print(Options.USAGE);
      return;
    }
    Path home = home();
    NodeSettings settings = NodeSettings.read(home, options);
    DataFolder.writable(settings.logs(), "logs", "gear.logs in conf/node.properties");
    // read by conf/logback.xml; in the name pattern of rolled files a percent sign has no escape,
    // but a date that consists of a percent sign is one
    String logs = settings.logs().toString();
    System.setProperty("gear.logs", logs);
    System.setProperty("gear.logs.pattern", logs.replace("%", "%d{'%', aux}"));
    HttpAddress http = HttpAddress.read(settings.conf(), settings.properties());
    try (DataFolder data = DataFolder.open(settings.data(), pid)) {
      http.requireFree(settings.conf());
      String nodeId = settings.properties().get(NodeSettings.NODE_ID);
      if (nodeId == null || nodeId.isBlank()) {
        nodeId = data.nodeId(RandomGenerator.getDefault());
      }
      carry(settings, options, http, data, nodeId);
    }
  }

  /** Starts the node and waits until it is down. */
  private void carry(
      NodeSettings settings, Options options, HttpAddress http, DataFolder data, String nodeId)
      throws LaunchException, InterruptedException, IOException {
    String version = version();
    out.println("gear " + version + " · Java " + System.getProperty("java.version"));
    Logger log = LoggerFactory.getLogger(Main.class);
    log.info("Node {} starts: gear {}, pid {}, home {}", nodeId, version, pid, settings.home());
    Node node =
        Node.create(settings.system(), FrameworkSettings.of(settings, http, nodeId, version));
    Thread hook = new Thread(() -> stop(node, data, log), "gear-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      node.start(settings.features(options.shell()));
      if (node.isRunning()) {
        awaitReady(node, settings, http, log);
      }
      node.awaitStop();
      log.info("Node {} has stopped", nodeId);
    } finally {
      stop(node, data, log);
    }
  }

  private void awaitReady(Node node, NodeSettings settings, HttpAddress http, Logger log)
      throws LaunchException {
    Progress progress = new Progress(out, terminal, colour, node.expectedParts());
    for (String problem : node.problems()) {
      progress.printProblem("bundle", problem);
    }
    Optional<String> url = Optional.empty();
    boolean complained = false;
    try (Parts parts = new Parts(node.context())) {
      while (node.isRunning()) {
        long elapsedMs = elapsedMs();
        if (url.isEmpty()) {
          url = parts.url();
          if (url.isEmpty() && elapsedMs > HTTP_TIMEOUT_MS) {
            throw new LaunchException(
                http.unavailable(settings.conf(), "the HTTP server did not start within a minute")
                    + "; see "
                    + settings.logs().resolve("gear.log"));
          }
        }
        List<Parts.State> states = parts.states();
        if (progress.update(states, elapsedMs) && url.isPresent()) {
          printReady(url.get(), log);
          return;
        }
        if (!complained && elapsedMs > COMPLAIN_AFTER_MS) {
          complained = true;
          out.println(
              "Not ready after "
                  + Progress.seconds(elapsedMs)
                  + "; see "
                  + settings.logs().resolve("gear.log")
                  + ". Still waiting for:");
          progress.printMissing(states);
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    } catch (IllegalStateException e) {
      if (node.isRunning()) {
        throw e;
      }
      log.debug("The framework went down before the node was ready", e);
    }
  }

  private void printReady(String url, Logger log) {
    String elapsed = Progress.seconds(elapsedMs());
    log.info(
        "Ready in {}, {} of CPU, at {}",
        elapsed,
        ProcessHandle.current()
            .info()
            .totalCpuDuration()
            .map(cpu -> Progress.seconds(cpu.toMillis()))
            .orElse("?"),
        url);
    out.println("Ready in " + elapsed + ". Next: gear submit examples/wordcount.jar");
  }

  /** Idempotent; called by the shutdown hook and by the main thread. */
  private static void stop(Node node, DataFolder data, Logger log) {
    if (!node.stop(STOP_TIMEOUT_MS)) {
      log.error("The node is not down after {} s; its process ends now", STOP_TIMEOUT_MS / 1000);
    }
    try {
      data.close();
    } catch (IOException e) {
      log.error("The data folder is not left clean", e);
    }
  }

  private static Path home() throws LaunchException {
    String home = System.getProperty("gear.home");
    if (home == null || home.isBlank()) {
      throw LaunchException.usage("system property gear.home is not set; start with bin/gear");
    }
    return Path.of(home).toAbsolutePath().normalize();
  }

  private long elapsedMs() {
    return Duration.between(startedAt, Instant.now()).toMillis();
  }

  private static Instant processStart() {
    return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
  }

  private static String version() throws IOException {
    try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }
}
