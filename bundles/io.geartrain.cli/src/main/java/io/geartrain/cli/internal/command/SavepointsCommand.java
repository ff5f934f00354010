package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Checkpoint;
import io.geartrain.cli.internal.rest.Model.Savepoints;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Table;
import io.geartrain.cli.internal.term.Text;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gear savepoints}: lists savepoints and deletes one. */
@picocli.CommandLine.Command(
    name = "savepoints",
    description = {
      "List the savepoints of an application, or of all; delete one with its files.",
      "Deleting asks first. Without a terminal it does nothing unless --yes is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gear savepoints",
      "  gear savepoints word-count-7f3a",
      "  gear savepoints --delete word-count-7f3a/12 --yes"
    })
final class SavepointsCommand extends Command {
  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "Id of the application, be it ended or forgotten.")
  String id;

  @Option(
      names = "--delete",
      paramLabel = "ID/NUMBER",
      description = "Delete this savepoint instead.")
  String delete;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  boolean yes;

  @Spec CommandSpec spec;

  SavepointsCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    if (delete != null) {
      return delete();
    }
    RestClient client = session().connect();
    Reply<Savepoints> reply =
        id == null
            ? client.savepoints()
            : suggesting(
                "gear savepoints", () -> AppCommand.near(client, id), () -> client.savepoints(id));
    session().show(reply.json(), () -> table(reply.value().savepoints()));
    if (!session().wantsJson()) {
      reply.value().savepoints().stream()
          .filter(Checkpoint::failed)
          .forEach(each -> output().data("! " + each.name() + ": " + each.problem()));
    }
    return ExitCode.OK;
  }

  private ExitCode delete() {
    int slash = delete.lastIndexOf('/');
    if (id != null || slash < 1 || !delete.substring(slash + 1).matches("[0-9]{1,18}")) {
      throw new ParameterException(
          spec.commandLine(), "--delete needs ID/NUMBER and nothing else, but was given " + delete);
    }
    RestClient client = session().connect();
    if (!confirmed(yes, "delete savepoint " + delete + " with its files?")) {
      output().progress("Not deleted.");
      return ExitCode.FAILED;
    }
    client.deleteSavepoint(delete.substring(0, slash), Long.parseLong(delete.substring(slash + 1)));
    if (session().wantsJson()) {
      output().data(session().json().pretty(Map.of("deleted", delete)));
    } else {
      output().data(delete + "  deleted");
    }
    return ExitCode.OK;
  }

  /** One savepoint in one line. */
  static String line(Checkpoint savepoint) {
    String text = savepoint.name() + "  " + savepoint.state();
    if (savepoint.stands()) {
      text +=
          "  %s bytes in %d ms".formatted(Text.count(savepoint.bytes()), savepoint.durationMs());
    }
    return savepoint.label() == null ? text : text + "  " + Text.oneLine(savepoint.label());
  }

  private static Table table(List<Checkpoint> savepoints) {
    Table table = new Table("SAVEPOINT", "STATE", "TAKEN", "BYTES>", "MS>", "BY", "LABEL");
    for (Checkpoint each : savepoints) {
      table.row(
          each.name(),
          each.state(),
          each.at(),
          each.stands() ? Text.count(each.bytes()) : "",
          each.stands() ? Text.count(each.durationMs()) : "",
          each.principal(),
          each.label());
    }
    return table;
  }
}
