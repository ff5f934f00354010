package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Node;
import io.geartrain.cli.internal.rest.Model.Nodes;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.term.Table;
import io.geartrain.cli.internal.term.Text;
import java.util.List;

/** {@code gear nodes}: lists the nodes of the cluster. */
@picocli.CommandLine.Command(
    name = "nodes",
    description = "List the nodes of the cluster with their roles and free slots.",
    footerHeading = "%nExamples:%n",
    footer = {"  gear nodes", "  gear nodes -o json"})
final class NodesCommand extends Command {
  NodesCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Reply<Nodes> reply = session().connect().nodes();
    session().show(reply.json(), () -> table(reply.value().nodes()));
    return ExitCode.OK;
  }

  private Table table(List<Node> nodes) {
    Table table =
        new Table("ID", "ADDRESS", "ROLES", "LEADER", "FREE SLOTS>", "JAVA", "PID>", "UP>");
    for (Node node : nodes) {
      table.row(
          node.id(),
          node.address(),
          String.join(",", node.roles()),
          node.leader() ? "yes" : "",
          node.worker() == null ? "" : node.worker().freeSlots() + " of " + node.worker().slots(),
          node.java(),
          node.pid(),
          Text.age(node.startedAt(), session().now()));
    }
    return table;
  }
}
