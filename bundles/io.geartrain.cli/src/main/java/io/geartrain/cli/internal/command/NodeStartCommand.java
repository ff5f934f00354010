package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * {@code gear node start}: runs a node on this terminal. The script of the distribution usually
 * starts the launcher without this program; this serves help and unusual orders of options.
 */
@picocli.CommandLine.Command(
    name = "start",
    description = {
      "Start a node on this terminal: coordination, master, worker and console in one process.",
      "It runs until Ctrl-C or gear node stop. Its configuration is in conf/, its data in data/."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  gear node start", "  gear node start --shell"})
final class NodeStartCommand extends Command {
  @Option(names = "--shell", description = "With the Gogo shell on this terminal.")
  boolean shell;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "HTTP port, instead of that in conf/; 0 for any free one.")
  String port;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Data folder, instead of data/; tell the other commands by $$GEAR_DATA.")
  String data;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description = "A property, instead of that in conf/node.properties.")
  List<String> properties = new ArrayList<>();

  private int status;

  NodeStartCommand(Session session) {
    super(session);
  }

  @Override
  public Integer call() {
    run();
    return status;
  }

  @Override
  ExitCode run() {
    Path script = session().folder().require("bin/gear");
    List<String> command = new ArrayList<>(List.of(script.toString(), "node", "start"));
    if (shell) {
      command.add("--shell");
    }
    if (port != null) {
      command.addAll(List.of("--port", port));
    }
    if (data != null) {
      command.addAll(List.of("--data", data));
    }
    properties.forEach(property -> command.addAll(List.of("-D", property)));
    try {
      Process node = new ProcessBuilder(command).inheritIO().start();
      try (Interrupts.Registration ignored = session().interrupts().onInterrupt(() -> end(node))) {
        status = node.waitFor();
      }
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, script + " can't be run", e.getMessage(), "");
    } catch (InterruptedException e) {
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", "", "");
    }
    return ExitCode.OK;
  }

  private static void end(Process node) {
    node.destroy();
    try {
      node.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
