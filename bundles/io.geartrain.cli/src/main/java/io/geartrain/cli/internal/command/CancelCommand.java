package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gear cancel}: ends an application. */
@picocli.CommandLine.Command(
    name = "cancel",
    description = {
      "End an application before its input ends; what it has not published yet is lost.",
      "Asks first. Without a terminal it does nothing unless --yes is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gear cancel word-count-7f3a", "  gear cancel word-count-7f3a --yes"})
final class CancelCommand extends Command {
  @Parameters(paramLabel = "ID", description = "Id of the application, as gear apps shows it.")
  String id;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  boolean yes;

  CancelCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    RestClient client = session().connect();
    if (!confirmed(yes, "cancel application " + id + "?")) {
      output().progress("Not cancelled.");
      return ExitCode.FAILED;
    }
    Reply<App> reply =
        suggesting("gear apps", () -> AppCommand.near(client, id), () -> client.cancel(id));
    if (session().wantsJson()) {
      output().data(session().json().pretty(reply.json()));
    } else {
      output().data(reply.value().id() + "  " + output().state(reply.value().state()));
    }
    return ExitCode.OK;
  }
}
