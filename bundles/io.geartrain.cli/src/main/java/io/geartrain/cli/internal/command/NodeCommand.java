package io.geartrain.cli.internal.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gear node}: groups what concerns the node of this folder. */
@picocli.CommandLine.Command(
    name = "node",
    synopsisSubcommandLabel = "COMMAND",
    description = "Start a node, wait for it, stop it.",
    footerHeading = "%nExamples:%n",
    footer = {"  gear node start", "  gear node wait", "  gear node stop"})
final class NodeCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: start, wait or stop");
  }
}
