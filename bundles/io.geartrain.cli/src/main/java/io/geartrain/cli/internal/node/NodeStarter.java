package io.geartrain.cli.internal.node;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Durations;
import io.geartrain.cli.internal.rest.Model.Check;
import io.geartrain.cli.internal.rest.Model.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Starts a child node and waits until it takes work. Owned by the thread of the command. */
public final class NodeStarter {
  private static final long PAUSE_MS = 40;
  private static final int LARGEST_STATUS = 125;

  private final NodeProcess process;
  private final Supplier<Optional<Readiness>> readiness;
  private final Consumer<Check> passed;
  private final Set<String> told = new HashSet<>();
  private Readiness last = new Readiness(false, null);

  /**
   * Nothing is started yet.
   *
   * @param readiness asks the child; empty as long as it does not answer
   * @param passed told each check when it is passed for the first time
   */
  public NodeStarter(
      NodeProcess process, Supplier<Optional<Readiness>> readiness, Consumer<Check> passed) {
    this.process = process;
    this.readiness = readiness;
    this.passed = passed;
  }

  /**
   * Starts the node.
   *
   * @param limit longest wait
   * @throws CliException if it ends before it is ready, with its own status and last lines; or if
   *     it is not ready in time
   */
  public void start(Duration limit) {
    try {
      process.start();
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED, "the node can't be started", e.getMessage(), "check bin/gear");
    }
    long startNanos = System.nanoTime();
    while (!isReady()) {
      if (!process.isAlive()) {
        throw ended("the node ended before it was ready");
      }
      if (System.nanoTime() - startNanos > limit.toNanos()) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "the node was not ready within " + Durations.text(limit),
            open(),
            "look into its log in logs/");
      }
      pause();
    }
  }

  /** The error for a node that has ended by itself, with what it said last. */
  public CliException ended(String what) {
    int status = process.exitStatus();
    String lines = String.join("\n", process.lastLines()).strip();
    return new CliException(
        status > 0 && status <= LARGEST_STATUS ? status : ExitCode.FAILED.status(),
        what + " (status " + status + ")",
        lines.isEmpty() ? "it wrote nothing" : "it wrote\n" + lines,
        "do what it says; the log in logs/ may tell more");
  }

  private boolean isReady() {
    Optional<Readiness> answer = readiness.get();
    if (answer.isEmpty()) {
      return false;
    }
    last = answer.get();
    for (Check check : last.checks()) {
      if (check.ok() && told.add(check.name())) {
        passed.accept(check);
      }
    }
    return last.ready();
  }

  private String open() {
    String open =
        last.checks().stream()
            .filter(check -> !check.ok())
            .map(check -> check.name() + ": " + check.detail())
            .collect(Collectors.joining("\n"));
    return open.isEmpty() ? "it does not answer" : open;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", "", "");
    }
  }
}
