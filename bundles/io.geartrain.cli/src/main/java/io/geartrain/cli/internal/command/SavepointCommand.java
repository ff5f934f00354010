package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Checkpoint;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gear savepoint}: keeps the state of a running application. */
@picocli.CommandLine.Command(
    name = "savepoint",
    description = {
      "Keep the state that an application has now, until somebody deletes it; the application runs"
          + " on.",
      "Another one can be started from it: gear submit APP --from ID/NUMBER"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gear savepoint word-count-7f3a --wait",
      "  gear savepoint word-count-7f3a --label before-upgrade"
    })
final class SavepointCommand extends Command {
  @Parameters(paramLabel = "ID", description = "Id of the application, as gear apps shows it.")
  String id;

  @Option(names = "--label", paramLabel = "NAME", description = "A name for people.")
  String label;

  @Option(
      names = "--wait",
      description = "Wait until it stands and the output before it is published.")
  boolean wait;

  SavepointCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    RestClient client = session().connect();
    Reply<Checkpoint> reply =
        suggesting(
            "gear apps", () -> AppCommand.near(client, id), () -> client.takeSavepoint(id, label));
    if (wait) {
      output().progress("Savepoint " + reply.value().name() + " is being made");
      reply = new SavepointFollower(client).untilItStands(reply.value(), session().timeout());
    }
    if (session().wantsJson()) {
      output().data(session().json().pretty(reply.json()));
    } else {
      output().data(SavepointsCommand.line(reply.value()));
    }
    return ExitCode.OK;
  }
}
