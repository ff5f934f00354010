package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.LoginCode;
import io.geartrain.cli.internal.rest.Reply;

/** {@code gear console}: prints a fresh address of the console. */
@picocli.CommandLine.Command(
    name = "console",
    description = {
      "Print an address of the web console with a login code.",
      "The code is good once; the browser gets a session for it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gear console", "  xdg-open \"$(gear console)\""})
final class ConsoleCommand extends Command {
  ConsoleCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Reply<LoginCode> reply = session().connect().loginCode();
    output()
        .data(session().wantsJson() ? session().json().pretty(reply.json()) : reply.value().url());
    return ExitCode.OK;
  }
}
