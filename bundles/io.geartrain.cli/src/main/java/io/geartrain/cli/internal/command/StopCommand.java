package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Durations;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.Model.Checkpoint;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gear stop}: ends an application so that it can go on later. */
@picocli.CommandLine.Command(
    name = "stop",
    description = {
      "End an application with a savepoint: its state is kept, the output before it is published,"
          + " and nothing of what comes after.",
      "Where the savepoint can't be made, the application runs on, and the reason is told. To end"
          + " an application without keeping its state: gear cancel"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gear stop word-count-7f3a --savepoint",
      "  gear submit new-version.jar --from word-count-7f3a"
    })
final class StopCommand extends Command {
  @Parameters(paramLabel = "ID", description = "Id of the application, as gear apps shows it.")
  String id;

  @Option(names = "--savepoint", description = "Keep its state; needed, there is no other way yet.")
  boolean savepoint;

  @Option(names = "--label", paramLabel = "NAME", description = "A name of the savepoint.")
  String label;

  @Spec CommandSpec spec;

  StopCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    if (!savepoint) {
      throw new ParameterException(
          spec.commandLine(),
          "give --savepoint to keep the state, or use gear cancel to end it without");
    }
    RestClient client = session().connect();
    Checkpoint begun =
        suggesting("gear apps", () -> AppCommand.near(client, id), () -> client.stop(id, label))
            .value();
    output().progress("Savepoint " + begun.name() + " is being made");
    Reply<Checkpoint> stands =
        new SavepointFollower(client).untilItStands(begun, session().timeout());
    App app = new Follower(client).until(id, App::ended, any -> {}, session().timeout()).value();
    if (!app.ended()) {
      throw new CliException(
          ExitCode.TIMEOUT,
          "application " + id + " has not ended yet",
          "savepoint %s stands; waited for %s"
              .formatted(
                  begun.name(), session().timeout().map(Durations::text).orElse("the time given")),
          "gear app " + id);
    }
    if (app.state().equals("FAILED")) {
      throw Failures.of(app);
    }
    if (session().wantsJson()) {
      output().data(session().json().pretty(stands.json()));
    } else {
      output().data(id + "  " + output().state(app.state()));
      output().data(SavepointsCommand.line(stands.value()));
    }
    return ExitCode.OK;
  }
}
