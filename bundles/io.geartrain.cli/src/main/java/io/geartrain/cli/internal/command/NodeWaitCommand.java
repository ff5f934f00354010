package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Durations;
import io.geartrain.cli.internal.rest.Model.Check;
import io.geartrain.cli.internal.rest.Model.Readiness;
import io.geartrain.cli.internal.rest.RestClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code gear node wait}: returns as soon as the node takes work; for scripts. */
@picocli.CommandLine.Command(
    name = "wait",
    description = {
      "Wait until the node is ready, also if it is only about to start.",
      "Status 6 if it is not within --timeout (default: 1 minute)."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gear node start > node.log 2>&1 &", "  gear node wait --timeout 30s"})
final class NodeWaitCommand extends Command {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final long PAUSE_MS = 50;

  NodeWaitCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Duration limit = session().timeout().orElse(LONGEST_WAIT);
    long startNanos = System.nanoTime();
    String missing = "no node has been started";
    while (true) {
      Optional<RestClient> client = running();
      Optional<Readiness> answer = client.flatMap(RestClient::readiness);
      if (answer.isPresent() && answer.get().ready()) {
        tell(client.get());
        return ExitCode.OK;
      }
      missing = answer.map(NodeWaitCommand::open).orElse(missing);
      if (System.nanoTime() - startNanos > limit.toNanos()) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "no node was ready within " + Durations.text(limit),
            missing,
            "look at what gear node start wrote, or wait longer with --timeout");
      }
      Follower.pause(PAUSE_MS);
    }
  }

  /** A client of the node, empty as long as none has told its address. */
  private Optional<RestClient> running() {
    try {
      return Optional.of(session().connect());
    } catch (CliException e) {
      if (e.status() == ExitCode.UNREACHABLE.status()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void tell(RestClient client) {
    if (session().wantsJson()) {
      output().data(session().json().pretty(Map.of("ready", true, "url", client.url().toString())));
    } else {
      output().data(client.url() + "  ready");
    }
  }

  private static String open(Readiness readiness) {
    return readiness.checks().stream()
        .filter(check -> !check.ok())
        .map(NodeWaitCommand::text)
        .collect(Collectors.joining("\n"));
  }

  private static String text(Check check) {
    return check.name() + ": " + check.detail();
  }
}
