package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Durations;
import io.geartrain.cli.internal.rest.Model.Node;
import io.geartrain.cli.internal.rest.Model.NodeFile;
import io.geartrain.cli.internal.rest.RestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Parameters;

/** {@code gear node stop}: shuts a node down and waits until it is gone. */
@picocli.CommandLine.Command(
    name = "stop",
    description = {
      "Shut a node down cleanly, and wait until it is gone.",
      "Applications that have not ended are started again with the node."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gear node stop", "  gear node stop node-7f3a --timeout 1m"})
final class NodeStopCommand extends Command {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final long PAUSE_MS = 50;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "Id of the node, as gear nodes shows it (default: the one that is asked).")
  String id;

  NodeStopCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    RestClient client = session().connect();
    Optional<NodeFile> own =
        session()
            .folder()
            .nodeFile(session().json())
            .filter(file -> client.url().toString().equals(file.url()));
    List<Node> nodes = client.nodes().value().nodes();
    Node node = choose(nodes, own);
    suggesting(
        "gear nodes",
        () -> NearMatches.of(node.id(), nodes.stream().map(Node::id).toList()),
        () -> {
          client.stopNode(node.id());
          return node;
        });
    output().progress("Stopping " + node.id() + " …");
    boolean watched = own.isPresent() && own.get().pid() == node.pid();
    await(() -> watched ? isGone(node.pid()) : isAway(client, node));
    if (session().wantsJson()) {
      output().data(session().json().pretty(Map.of("stopped", node.id())));
    } else {
      output().data(node.id() + "  stopped");
    }
    return ExitCode.OK;
  }

  private Node choose(List<Node> nodes, Optional<NodeFile> own) {
    if (id != null) {
      return nodes.stream()
          .filter(node -> id.equals(node.id()))
          .findFirst()
          .orElseGet(() -> new Node(id, null, null, false, null, null, 0, null));
    }
    return nodes.stream()
        .filter(node -> own.isPresent() && own.get().pid() == node.pid())
        .findFirst()
        .or(() -> nodes.size() == 1 ? Optional.of(nodes.get(0)) : Optional.empty())
        .orElseThrow(
            () ->
                new CliException(
                    ExitCode.USAGE,
                    "which node?",
                    "the cluster has " + nodes.size(),
                    "name one of: " + String.join(" ", nodes.stream().map(Node::id).toList())));
  }

  private void await(BooleanSupplier gone) {
    Duration limit = session().timeout().orElse(LONGEST_WAIT);
    long startNanos = System.nanoTime();
    while (!gone.getAsBoolean()) {
      if (System.nanoTime() - startNanos > limit.toNanos()) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "the node has not ended within " + Durations.text(limit),
            "it was told to stop and goes on doing so",
            "look into its log, or wait longer with --timeout");
      }
      Follower.pause(PAUSE_MS);
    }
  }

  private static boolean isGone(long pid) {
    return ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true);
  }

  private static boolean isAway(RestClient client, Node node) {
    try {
      return client.nodes().value().nodes().stream().noneMatch(n -> node.id().equals(n.id()));
    } catch (CliException e) {
      if (e.status() == ExitCode.UNREACHABLE.status()) {
        return true;
      }
      throw e;
    }
  }
}
