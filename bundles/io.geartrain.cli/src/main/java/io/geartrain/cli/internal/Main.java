package io.geartrain.cli.internal;

import io.geartrain.cli.internal.command.Gear;
import io.geartrain.cli.internal.command.Session;
import io.geartrain.cli.internal.command.ShutdownInterrupts;
import io.geartrain.cli.internal.node.NodeFolder;
import io.geartrain.cli.internal.term.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts the command line with the real streams, clock and environment. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its status. */
  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    Session session =
        new Session(
            environment,
            folder(environment),
            Terminal.ofProcess(environment),
            Clock.systemUTC(),
            new ShutdownInterrupts());
    int status = Gear.run(session, args);
    System.exit(status);
  }

  private static NodeFolder folder(Map<String, String> environment) {
    Optional<Path> home = path(System.getProperty("gear.home"), environment.get("GEAR_HOME"));
    Optional<Path> data = path(System.getProperty("gear.data"), environment.get("GEAR_DATA"));
    return NodeFolder.of(home, data);
  }

  private static Optional<Path> path(String... candidates) {
    return Stream.of(candidates)
        .filter(candidate -> candidate != null && !candidate.isBlank())
        .findFirst()
        .map(candidate -> Path.of(candidate).toAbsolutePath().normalize());
  }
}
