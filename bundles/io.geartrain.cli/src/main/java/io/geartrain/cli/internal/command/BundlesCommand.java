package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.Bundle;
import io.geartrain.cli.internal.rest.Model.Bundles;
import io.geartrain.cli.internal.rest.Reply;
import io.geartrain.cli.internal.term.Table;
import io.geartrain.cli.internal.term.Text;
import java.util.List;
import java.util.stream.Stream;

/** {@code gear bundles}: lists the bundles of applications and plug-ins. */
@picocli.CommandLine.Command(
    name = "bundles",
    description = "List the deployed bundles: what they hold, who uses them, what is wrong.",
    footerHeading = "%nExamples:%n",
    footer = {"  gear bundles", "  gear bundles -o json"})
final class BundlesCommand extends Command {
  private static final int SHOWN_DIGITS = 12;

  BundlesCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Reply<Bundles> reply = session().connect().bundles();
    session().show(reply.json(), () -> table(reply.value().bundles()));
    if (!session().wantsJson()) {
      for (Bundle bundle : reply.value().bundles()) {
        if (bundle.error() != null && !bundle.error().isBlank()) {
          output().data("! " + nameOf(bundle) + ": " + Text.oneLine(bundle.error()));
        }
      }
    }
    return ExitCode.OK;
  }

  static Table table(List<Bundle> bundles) {
    Table table = new Table("NAME", "VERSION", "STATE", "HOLDS", "USED BY", "ORIGIN", "SHA-256");
    for (Bundle bundle : bundles) {
      table.row(
          nameOf(bundle),
          bundle.version(),
          bundle.state(),
          holds(bundle),
          String.join(",", bundle.usedBy()),
          bundle.origin(),
          bundle.digest() == null ? null : shortDigest(bundle.digest()));
    }
    return table;
  }

  static String shortDigest(String digest) {
    return digest.substring(0, Math.min(SHOWN_DIGITS, digest.length()));
  }

  /** What a bundle brings: applications, and schedulers marked as such. */
  static String holds(Bundle bundle) {
    return String.join(
        ",",
        Stream.concat(
                bundle.applications().stream(),
                bundle.schedulers().stream().map(s -> "scheduler:" + s))
            .toList());
  }

  private static String nameOf(Bundle bundle) {
    return bundle.name() == null ? bundle.origin() : bundle.name();
  }
}
