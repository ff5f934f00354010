package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Scheduler;
import io.geartrain.cli.internal.rest.Model.Schedulers;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Table;
import io.geartrain.cli.internal.term.Text;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code gear schedulers}: lists the schedulers and chooses the default. */
@picocli.CommandLine.Command(
    name = "schedulers",
    description = "List the schedulers that place applications on workers; choose the default.",
    footerHeading = "%nExamples:%n",
    footer = {"  gear schedulers", "  gear schedulers --use pack"})
final class SchedulersCommand extends Command {
  @Option(
      names = "--use",
      paramLabel = "NAME",
      description = "Make this scheduler the default for what is submitted next.")
  String use;

  SchedulersCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    RestClient client = session().connect();
    if (use != null) {
      suggesting(
          "gear schedulers",
          () -> NearMatches.of(use, names(client)),
          () -> {
            client.useScheduler(use);
            return use;
          });
      output().done("default scheduler is now " + use);
    }
    Reply<Schedulers> reply = client.schedulers();
    session().show(reply.json(), () -> table(reply.value()));
    if (!session().wantsJson()) {
      for (Scheduler scheduler : reply.value().schedulers()) {
        if (scheduler.lastError() != null && !scheduler.lastError().isBlank()) {
          output().data("! " + scheduler.name() + ": " + Text.oneLine(scheduler.lastError()));
        }
      }
    }
    return ExitCode.OK;
  }

  static List<String> names(RestClient client) {
    return client.schedulers().value().schedulers().stream().map(Scheduler::name).toList();
  }

  private static Table table(Schedulers schedulers) {
    Table table = new Table("NAME", "DEFAULT", "STATE", "BUNDLE", "VERSION");
    for (Scheduler scheduler : schedulers.schedulers()) {
      table.row(
          scheduler.name(),
          scheduler.name().equals(schedulers.defaultName()) ? "yes" : "",
          scheduler.state(),
          scheduler.bundle(),
          scheduler.version());
    }
    return table;
  }
}
