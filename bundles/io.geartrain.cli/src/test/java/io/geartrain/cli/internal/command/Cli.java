package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.node.NodeFolder;
import io.geartrain.cli.internal.term.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs commands as a person would and keeps what they write. */
final class Cli {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Map<String, String> environment = new HashMap<>();
  private Optional<Path> home = Optional.empty();
  private boolean tty;
  private String typed = "";
  private Interrupts interrupts = new NoInterrupts();

  record Result(int status, String out, String err) {}

  static Cli of(FakeNode node) {
    return new Cli().env("GEAR_URL", node.url()).env("GEAR_TOKEN", FakeNode.TOKEN);
  }

  Cli env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Cli home(Path folder) {
    home = Optional.of(folder);
    return this;
  }

  Cli onTerminal(String answers) {
    tty = true;
    typed = answers;
    return this;
  }

  Cli interrupts(Interrupts own) {
    interrupts = own;
    return this;
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            tty,
            tty,
            tty,
            !environment.containsKey("NO_COLOR"));
    Session session =
        new Session(
            environment,
            NodeFolder.of(home, Optional.empty()),
            terminal,
            Clock.fixed(NOW, ZoneOffset.UTC),
            interrupts);
    int status = Gear.run(session, args);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static final class NoInterrupts implements Interrupts {
    @Override
    public Registration onInterrupt(Runnable action) {
      return () -> {};
    }

    @Override
    public boolean pending() {
      return false;
    }
  }
}
