package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Bundle;
import io.geartrain.cli.internal.rest.RestClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gear undeploy}: takes a bundle away. */
@picocli.CommandLine.Command(
    name = "undeploy",
    description = {
      "Take a bundle away from all nodes. Running applications keep what they run.",
      "Asks first. Without a terminal it does nothing unless --yes is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gear undeploy my-app", "  gear undeploy my-app --yes"})
final class UndeployCommand extends Command {
  @Parameters(paramLabel = "NAME", description = "Name of the bundle, as gear bundles shows it.")
  String name;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  boolean yes;

  UndeployCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    RestClient client = session().connect();
    if (!confirmed(yes, "undeploy bundle " + name + "?")) {
      output().progress("Not undeployed.");
      return ExitCode.FAILED;
    }
    suggesting(
        "gear bundles",
        () -> NearMatches.of(name, names(client)),
        () -> {
          client.undeploy(name);
          return name;
        });
    if (session().wantsJson()) {
      output().data(session().json().pretty(Map.of("undeployed", name)));
    } else {
      output().data(name + "  undeployed");
    }
    return ExitCode.OK;
  }

  static List<String> names(RestClient client) {
    return client.bundles().value().bundles().stream()
        .map(Bundle::name)
        .filter(Objects::nonNull)
        .toList();
  }
}
