package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.node.NodeProcess;
import io.geartrain.cli.internal.node.NodeStarter;
import io.geartrain.cli.internal.rest.Durations;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Bundle;
import io.geartrain.cli.internal.rest.Model.Check;
import io.geartrain.cli.internal.rest.Model.NodeFile;
import io.geartrain.cli.internal.rest.Model.Readiness;
import io.geartrain.cli.internal.rest.Model.Submission;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * One quick start: what it has started it ends. The thread of the command drives it; {@link
 * #interrupt} comes from another thread at any moment, and either thread may do the ending.
 */
final class QuickstartRun implements AutoCloseable {
  private static final Duration NODE_READY = Duration.ofSeconds(90);
  private static final Duration NODE_END = Duration.ofSeconds(20);
  private static final Duration CANCELLED = Duration.ofSeconds(3);
  private static final long PAUSE_MS = 50;

  private final Session session;
  private final Optional<Integer> port;
  private final Output output;
  private NodeProcess node;
  private RestClient client;
  private Path temporary;
  private Path result;
  private String appId;
  private boolean submitting;
  private boolean appEnded;
  private boolean closed;

  /**
   * Nothing is started yet.
   *
   * @param port of a node that is to be started; empty for the configured one
   */
  QuickstartRun(Session session, Optional<Integer> port) {
    this.session = session;
    this.port = port;
    this.output = session.output();
  }

  /** The node of this folder, ready; started if none runs. */
  RestClient node() {
    Optional<RestClient> running = running();
    RestClient ready = running.isPresent() ? awaitReady(running.get()) : start();
    synchronized (this) {
      client = ready;
    }
    return ready;
  }

  /** Where the result goes if nobody wants to keep it. */
  synchronized Path temporaryOutput() {
    try {
      requireOpen();
      temporary = newTemporaryFolder();
      return temporary.resolve("words.tsv");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "no temporary folder can be made",
          e.getMessage(),
          "name a file of your own: --output FILE");
    }
  }

  /** In the node's own folder if the person may write nowhere else. */
  private Path newTemporaryFolder() throws IOException {
    try {
      return Files.createTempDirectory("gear-quickstart-");
    } catch (IOException e) {
      Path data = session.folder().data().orElseThrow(() -> e);
      return Files.createTempDirectory(data, "quickstart-");
    }
  }

  /**
   * Deploys the example, runs it and waits for its end.
   *
   * @throws CliException if it does not complete
   */
  App count(RestClient client, Path example, InputFiles input, Path result) {
    String bundle = upload(client, example);
    synchronized (this) {
      requireOpen();
      this.result = result;
      submitting = true;
    }
    Map<String, String> settings = Map.of("input", input.setting(), "output", result.toString());
    submit(client, Submission.anew(bundle, settings));
    App app =
        new Follower(client)
            .until(appId, App::ended, new Progress(session, client), session.timeout())
            .value();
    output.wipe();
    if (!app.ended()) {
      throw new CliException(
          ExitCode.TIMEOUT,
          "the words were not counted within "
              + session.timeout().map(Durations::text).orElse("the time given"),
          "application " + app.id() + " is " + app.state(),
          "give it a longer --timeout");
    }
    synchronized (this) {
      appEnded = true;
    }
    if (!app.state().equals("COMPLETED")) {
      throw Failures.of(app);
    }
    return app;
  }

  private void submit(RestClient client, Submission submission) {
    String id = null;
    try {
      id = client.submit(submission).value().id();
    } finally {
      synchronized (this) {
        appId = id;
        submitting = false;
        notifyAll();
      }
    }
  }

  /**
   * Waits until the node ends; returns at once if it was running before.
   *
   * @throws CliException if the node ends by itself
   */
  void stay(App app) {
    if (node == null) {
      output.progress("The node was running before and goes on.");
      return;
    }
    output.progress("The node runs until Ctrl-C. Next, in a second terminal: gear app " + app.id());
    try {
      node.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", "", "");
    }
    if (!session.interrupts().pending()) {
      throw new NodeStarter(node, Optional::empty, check -> {}).ended("the node has ended");
    }
  }

  /** Ends everything because the person wants to; the process ends afterwards. */
  void interrupt() {
    output.progress("Stopping …");
    close();
  }

  @Override
  public void close() {
    NodeProcess started;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      started = node;
    }
    cancelUnfinished();
    if (started != null) {
      started.stop(NODE_END);
    }
    deleteTemporary();
  }

  private Optional<RestClient> running() {
    Optional<NodeFile> file = session.folder().nodeFile(session.json());
    boolean alive =
        file.flatMap(f -> ProcessHandle.of(f.pid())).filter(ProcessHandle::isAlive).isPresent();
    if (!alive) {
      return Optional.empty();
    }
    RestClient candidate = session.connectOwn();
    return candidate.readiness().map(r -> candidate);
  }

  private RestClient awaitReady(RestClient running) {
    output.progress("Using the node that runs at " + running.url());
    long startNanos = System.nanoTime();
    while (!running.readiness().map(Readiness::ready).orElse(false)) {
      if (System.nanoTime() - startNanos > NODE_READY.toNanos()) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "the node at " + running.url() + " is not ready",
            "waited " + Durations.text(NODE_READY),
            "look into its log in logs/, or stop it: gear node stop");
      }
      Follower.pause(PAUSE_MS);
    }
    return running;
  }

  private RestClient start() {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--data", session.folder().data().orElseThrow().toString()));
    port.ifPresent(number -> options.addAll(List.of("--port", number.toString())));
    NodeProcess process = new NodeProcess(session.folder().require("bin/gear"), options);
    synchronized (this) {
      requireOpen();
      node = process;
    }
    output.progress("Starting a node …");
    long startNanos = System.nanoTime();
    OwnNode own = new OwnNode(process);
    new NodeStarter(process, own::readiness, this::tell).start(NODE_READY);
    output.progress("Ready in " + Durations.text(Duration.ofNanos(System.nanoTime() - startNanos)));
    return own.client;
  }

  private void tell(Check check) {
    String detail = check.detail() == null ? "" : check.detail();
    output.done(String.format("%-14s %s", check.name(), detail).stripTrailing());
  }

  private String upload(RestClient client, Path example) {
    Uploads uploads = new Uploads(client, output);
    try {
      return digest(uploads.send(example));
    } catch (CliException e) {
      String name = e.status() == ExitCode.CONFLICT.status() ? symbolicName(example) : null;
      if (name == null) {
        throw e;
      }
      output.progress("Replacing another build of the example " + name);
      client.undeploy(name);
      return digest(uploads.send(example));
    }
  }

  private static String digest(Reply<Bundle> reply) {
    Bundle bundle = reply.value();
    return bundle.digest() == null ? bundle.name() : bundle.digest();
  }

  private static String symbolicName(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      String header = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
      return header == null ? null : header.split(";")[0].strip();
    } catch (IOException e) {
      return null;
    }
  }

  /** An unfinished application would be started again with the node, for nobody. */
  private void cancelUnfinished() {
    RestClient ready;
    synchronized (this) {
      if (client == null || result == null || appEnded) {
        return;
      }
      ready = client.within(CANCELLED);
    }
    try {
      Optional<String> id = unfinished(ready);
      if (id.isPresent()) {
        ready.cancel(id.get());
        new Follower(ready).until(id.get(), App::ended, app -> {}, Optional.of(CANCELLED));
      }
    } catch (CliException e) {
      output.progress("The application could not be cancelled: " + e.getMessage());
    }
  }

  private Optional<String> unfinished(RestClient ready) {
    synchronized (this) {
      awaitSubmission();
      if (appId != null) {
        return Optional.of(appId);
      }
    }
    // the node is still taking it, if at all: it is known by its output alone
    return ready.apps().value().apps().stream()
        .filter(app -> !app.ended())
        .map(App::id)
        .filter(id -> result.toString().equals(ready.app(id).value().settings().get("output")))
        .findFirst();
  }

  private synchronized void awaitSubmission() {
    long endNanos = System.nanoTime() + CANCELLED.toNanos();
    try {
      for (long leftMs = CANCELLED.toMillis();
          submitting && leftMs > 0;
          leftMs = (endNanos - System.nanoTime()) / 1_000_000) {
        wait(leftMs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteTemporary() {
    Path folder;
    synchronized (this) {
      folder = temporary;
    }
    if (folder == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      output.progress("The temporary folder " + folder + " is left: " + e.getMessage());
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", "", "");
    }
  }

  /** Asks the child, and nothing else that may answer at an old address. */
  private final class OwnNode {
    private final NodeProcess process;
    private RestClient client;

    private OwnNode(NodeProcess process) {
      this.process = process;
    }

    private Optional<Readiness> readiness() {
      if (client == null) {
        boolean written =
            session
                .folder()
                .nodeFile(session.json())
                .filter(file -> process.owns(file.pid()))
                .isPresent();
        if (!written) {
          return Optional.empty();
        }
        client = session.connectOwn();
      }
      return client.readiness();
    }
  }
}
