package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.rest.RestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gear quickstart}: a node, an application, and its result, in one go. */
@picocli.CommandLine.Command(
    name = "quickstart",
    description = {
      "Start a node, count the words of text files with the example application, show the most"
          + " frequent ones and the way to the console.",
      "Stays until Ctrl-C, then stops the node. If a node of this folder runs already, that one is"
          + " used and left running."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gear quickstart",
      "  gear quickstart books/ notes.txt --output counts.tsv",
      "  gear quickstart --exit -o json"
    })
final class QuickstartCommand extends Command {
  static final String EXAMPLE = "examples/wordcount.jar";

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Text files in UTF-8, or folders of them (default: the licence).")
  List<Path> files = new ArrayList<>();

  @Option(names = "--exit", description = "Stop the node and leave when the words are counted.")
  boolean exit;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write every word here, a line word<TAB>count for each.")
  Path output;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many words to show (default: $${DEFAULT-VALUE}).",
      defaultValue = "20")
  int top;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "HTTP port of the node, instead of that in conf/; 0 for any free one.")
  Integer port;

  @Spec CommandSpec spec;

  QuickstartCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    if (top < 0) {
      throw new ParameterException(spec.commandLine(), "--top can't be negative, but is " + top);
    }
    if (session().options().url != null) {
      throw new ParameterException(
          spec.commandLine(),
          "quickstart takes no --url: it runs the node of its own folder; use submit for others");
    }
    Path example = session().folder().require(EXAMPLE);
    InputFiles input =
        InputFiles.of(files.isEmpty() ? List.of(session().folder().require("LICENSE")) : files);
    Path target = output == null ? null : checked(output.toAbsolutePath().normalize());
    try (QuickstartRun run = new QuickstartRun(session(), Optional.ofNullable(port));
        Interrupts.Registration ignored = session().interrupts().onInterrupt(run::interrupt)) {
      RestClient client = run.node();
      Path result = target == null ? run.temporaryOutput() : target;
      App app = run.count(client, example, input, result);
      String console = client.loginCode().value().url();
      new QuickstartReport(session()).show(app, input, result, target != null, top, console);
      if (!exit) {
        run.stay(app);
      }
    }
    return ExitCode.OK;
  }

  private static Path checked(Path file) {
    Path folder = file.getParent();
    String problem =
        Files.isDirectory(file)
            ? "it is a folder"
            : folder == null || !Files.isDirectory(folder)
                ? "the folder " + folder + " does not exist"
                : !Files.isWritable(folder) ? "the folder " + folder + " is not writable" : null;
    if (problem != null) {
      throw new CliException(
          ExitCode.USAGE,
          "output file " + file + " can't be written",
          problem,
          "name a file in a folder of yours");
    }
    return file;
  }
}
