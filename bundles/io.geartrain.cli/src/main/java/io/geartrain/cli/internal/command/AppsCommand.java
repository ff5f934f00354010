package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Apps;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.term.Table;
import io.geartrain.cli.internal.term.Text;
import java.util.List;

/** {@code gear apps}: lists the applications. */
@picocli.CommandLine.Command(
    name = "apps",
    description = "List the applications, ended ones too.",
    footerHeading = "%nExamples:%n",
    footer = {"  gear apps", "  gear apps -o json"})
final class AppsCommand extends Command {
  AppsCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Reply<Apps> reply = session().connect().apps();
    session().show(reply.json(), () -> table(reply.value().apps()));
    if (reply.value().apps().isEmpty() && !session().wantsJson()) {
      output().progress("No applications yet. Next: gear submit examples/wordcount.jar …");
    }
    return ExitCode.OK;
  }

  private Table table(List<App> apps) {
    Table table = new Table("ID", "NAME", "STATE", "BUNDLE", "IN/s>", "IN>", "OUT>", "SUBMITTED>");
    for (App app : apps) {
      table.row(
          app.id(),
          app.name(),
          app.state(),
          AppCommand.bundle(app),
          Text.shortCount(app.inPerSecond()),
          Text.count(app.recordsIn()),
          Text.count(app.recordsOut()),
          Text.age(app.submittedAt(), session().now()));
    }
    return table;
  }
}
