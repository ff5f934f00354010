package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Watches an application until something is true of it. Owned by the thread of the command. */
final class Follower {
  private static final long FIRST_PAUSE_MS = 30;
  private static final long LONGEST_PAUSE_MS = 500;

  private final RestClient client;

  Follower(RestClient client) {
    this.client = client;
  }

  /**
   * Asks for the application until the condition holds.
   *
   * @param seen told each answer
   * @param limit longest wait; empty for none
   * @return the last answer; the condition does not hold of it if the time was over
   */
  Reply<App> until(
      String id, Predicate<App> condition, Consumer<App> seen, Optional<Duration> limit) {
    long startNanos = System.nanoTime();
    long pauseMs = FIRST_PAUSE_MS;
    while (true) {
      Reply<App> reply = client.app(id);
      seen.accept(reply.value());
      long restMs = limit.map(l -> l.toMillis() - elapsedMs(startNanos)).orElse(Long.MAX_VALUE);
      if (condition.test(reply.value()) || restMs <= 0) {
        return reply;
      }
      pause(Math.min(pauseMs, restMs));
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 3 / 2);
    }
  }

  /** Lets time pass between two questions to a node. */
  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", "", "");
    }
  }

  private static long elapsedMs(long startNanos) {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }
}
