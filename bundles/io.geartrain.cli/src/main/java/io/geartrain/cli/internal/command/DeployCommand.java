package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Bundle;
import io.geartrain.cli.internal.rest.Model.Bundles;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.rest.RestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** {@code gear deploy}: makes a bundle part of what every node is to have. */
@picocli.CommandLine.Command(
    name = "deploy",
    description = {
      "Deploy a bundle: an application, a scheduler, or a library for them.",
      "A bundle of the same name is replaced for what is submitted next; running applications keep"
          + " the revision that they started with."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gear deploy target/my-app.jar", "  gear deploy my-scheduler.jar -o json"})
final class DeployCommand extends Command {
  private static final long SETTLE_MS = 5000;
  private static final long PAUSE_MS = 100;

  @Parameters(paramLabel = "BUNDLE.jar", description = "The jar of the bundle.")
  Path jar;

  DeployCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    RestClient client = session().connect();
    Reply<Bundle> sent = new Uploads(client, output()).send(session().folder().locate(jar));
    Bundle bundle = settled(client, sent.value());
    session()
        .show(
            session().wantsJson() ? latestJson(client, sent) : sent.json(),
            () -> BundlesCommand.table(List.of(bundle)));
    if ("BROKEN".equals(bundle.state())) {
      throw new CliException(
          ExitCode.FAILED,
          "bundle " + bundle.name() + " is broken",
          bundle.error(),
          "mend and deploy it again, or take it away: gear undeploy " + bundle.name());
    }
    return ExitCode.OK;
  }

  private Bundle settled(RestClient client, Bundle sent) {
    Bundle bundle = sent;
    for (long waitedMs = 0; isPending(bundle) && waitedMs < SETTLE_MS; waitedMs += PAUSE_MS) {
      Follower.pause(PAUSE_MS);
      bundle = find(client.bundles().value(), sent).orElse(bundle);
    }
    return bundle;
  }

  private static Object latestJson(RestClient client, Reply<Bundle> sent) {
    for (var node : client.bundles().json().path("bundles")) {
      if (node.path("digest").asText().equals(sent.value().digest())) {
        return node;
      }
    }
    return sent.json();
  }

  private static boolean isPending(Bundle bundle) {
    return bundle.state() == null || "PENDING".equals(bundle.state());
  }

  private static Optional<Bundle> find(Bundles bundles, Bundle sent) {
    return bundles.bundles().stream()
        .filter(b -> b.digest() != null && b.digest().equals(sent.digest()))
        .findFirst();
  }
}
