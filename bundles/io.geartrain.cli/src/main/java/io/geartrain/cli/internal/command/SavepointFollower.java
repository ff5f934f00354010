package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Durations;
import io.geartrain.cli.internal.rest.Model.Checkpoint;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import java.time.Duration;
import java.util.Optional;

/** Watches a savepoint until it stands or is given up. Owned by the thread of the command. */
final class SavepointFollower {
  private static final long FIRST_PAUSE_MS = 30;
  private static final long LONGEST_PAUSE_MS = 500;

  private final RestClient client;

  SavepointFollower(RestClient client) {
    this.client = client;
  }

  /**
   * Asks for the savepoint until it is not under way any more.
   *
   * @param limit longest wait; empty for none
   * @throws CliException if it failed, or the time is over
   */
  Reply<Checkpoint> untilItStands(Checkpoint begun, Optional<Duration> limit) {
    long startNanos = System.nanoTime();
    long pauseMs = FIRST_PAUSE_MS;
    while (true) {
      Reply<Checkpoint> reply = client.savepoint(begun.application(), begun.number());
      Checkpoint now = reply.value();
      if (now.failed()) {
        throw new CliException(
            ExitCode.FAILED,
            "savepoint " + now.name() + " could not be made",
            now.problem(),
            "the application runs on: gear app " + now.application());
      }
      if (now.stands()) {
        return reply;
      }
      long restMs =
          limit
              .map(l -> l.toMillis() - (System.nanoTime() - startNanos) / 1_000_000)
              .orElse(Long.MAX_VALUE);
      if (restMs <= 0) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "savepoint " + now.name() + " is not there yet",
            "waited for " + limit.map(Durations::text).orElse("the time given"),
            "gear savepoints " + now.application() + "    (it may still come to stand)");
      }
      Follower.pause(Math.min(pauseMs, restMs));
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 3 / 2);
    }
  }
}
