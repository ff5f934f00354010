package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code gear} command line: parses, runs one command, tells its error. */
@CommandLine.Command(
    name = "gear",
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs and watches stream applications on Geartrain.",
    footer = {
      "",
      "Data goes to standard output, everything else to standard error. Colour needs a terminal,"
          + " and no NO_COLOR.",
      "Status: 0 ok, 1 failed, 2 usage, 3 not found, 4 authentication, 5 unreachable, 6 timeout,"
          + " 7 conflict, 130 interrupted.",
      "",
      "Start here:  gear quickstart"
    })
public final class Gear implements Callable<Integer> {
  private static final int USAGE_COLUMNS = 100;

  @Mixin private final GlobalOptions options;
  @Spec private CommandSpec spec;

  private final Session session;

  private Gear(Session session) {
    this.session = session;
    this.options = session.options();
  }

  @Option(
      names = {"-V", "--version"},
      description = "Show the versions, as gear version does.")
  private boolean version;

  @Override
  public Integer call() {
    if (version) {
      return new VersionCommand(session).call();
    }
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  /**
   * Runs a command.
   *
   * @return the status for the process
   */
  public static int run(Session session, String... args) {
    CommandLine line = commandLine(session);
    Ansi ansi = session.output().colour() ? Ansi.ON : Ansi.OFF;
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    line.setOut(new PrintWriter(session.output().out(), true));
    line.setErr(new PrintWriter(session.output().err(), true));
    line.setUsageHelpWidth(USAGE_COLUMNS);
    line.registerConverter(GlobalOptions.Format.class, Gear::format);
    line.registerConverter(Duration.class, Gear::duration);
    line.setParameterExceptionHandler((e, given) -> usageError(session, e));
    line.setExecutionExceptionHandler((e, command, result) -> failure(session, e));
    return line.execute(args);
  }

  private static CommandLine commandLine(Session session) {
    CommandLine node =
        new CommandLine(new NodeCommand())
            .addSubcommand(new NodeStartCommand(session))
            .addSubcommand(new NodeWaitCommand(session))
            .addSubcommand(new NodeStopCommand(session));
    return new CommandLine(new Gear(session))
        .addSubcommand(new QuickstartCommand(session))
        .addSubcommand(node)
        .addSubcommand(new SubmitCommand(session))
        .addSubcommand(new AppsCommand(session))
        .addSubcommand(new AppCommand(session))
        .addSubcommand(new StopCommand(session))
        .addSubcommand(new CancelCommand(session))
        .addSubcommand(new SavepointCommand(session))
        .addSubcommand(new SavepointsCommand(session))
        .addSubcommand(new DeployCommand(session))
        .addSubcommand(new UndeployCommand(session))
        .addSubcommand(new BundlesCommand(session))
        .addSubcommand(new SchedulersCommand(session))
        .addSubcommand(new NodesCommand(session))
        .addSubcommand(new ConsoleCommand(session))
        .addSubcommand(new VersionCommand(session));
  }

  private static GlobalOptions.Format format(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "table" -> GlobalOptions.Format.TABLE;
      case "json" -> GlobalOptions.Format.JSON;
      default -> throw new TypeConversionException("'" + text + "' is neither table nor json");
    };
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static int usageError(Session session, ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String suggestions =
        e instanceof UnmatchedArgumentException unmatched
            ? String.join(" or ", unmatched.getSuggestions())
            : "";
    session
        .output()
        .error(
            new CliException(
                ExitCode.USAGE,
                e.getMessage(),
                suggestions.isEmpty() ? "" : "did you mean " + suggestions + "?",
                name + " --help"));
    return ExitCode.USAGE.status();
  }

  private static int failure(Session session, Exception e) {
    if (session.interrupts().pending()) {
      return ExitCode.INTERRUPTED.status();
    }
    CliException error =
        e instanceof CliException known
            ? known
            : new CliException(
                ExitCode.FAILED,
                "this is a fault of gear itself: " + e,
                e.getStackTrace().length == 0 ? "" : "at " + e.getStackTrace()[0],
                "please report it with the command that you gave");
    session.output().error(error);
    return error.status();
  }
}
