package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.node.Endpoints;
import io.geartrain.cli.internal.node.NodeFolder;
import io.geartrain.cli.internal.rest.Json;
import io.geartrain.cli.internal.rest.RestClient;
import io.geartrain.cli.internal.term.Output;
import io.geartrain.cli.internal.term.Table;
import io.geartrain.cli.internal.term.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the commands of one call share. Owned by the thread of the command. */
public final class Session {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final GlobalOptions options = new GlobalOptions();
  private final Map<String, String> environment;
  private final NodeFolder folder;
  private final Terminal terminal;
  private final Output output;
  private final Clock clock;
  private final Interrupts interrupts;
  private final Json json = new Json();

  /**
   * What the program runs with.
   *
   * @param environment variables of the process
   * @param folder folders of the distribution
   */
  public Session(
      Map<String, String> environment,
      NodeFolder folder,
      Terminal terminal,
      Clock clock,
      Interrupts interrupts) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.terminal = terminal;
    this.output = new Output(terminal);
    this.clock = clock;
    this.interrupts = interrupts;
  }

  GlobalOptions options() {
    return options;
  }

  NodeFolder folder() {
    return folder;
  }

  Output output() {
    return output;
  }

  Terminal terminal() {
    return terminal;
  }

  Json json() {
    return json;
  }

  Interrupts interrupts() {
    return interrupts;
  }

  Instant now() {
    return clock.instant();
  }

  /** How long to wait at most for what the command waits for; empty for no limit. */
  Optional<Duration> timeout() {
    return Optional.ofNullable(options.timeout);
  }

  /** A client of the node that is meant. */
  RestClient connect() {
    return new RestClient(
        new Endpoints(folder, environment, json).find(options.url, options.tokenFile),
        timeout().orElse(ANSWER_TIMEOUT),
        json);
  }

  /** A client of the node of this folder, whatever else the environment names. */
  RestClient connectOwn() {
    return new RestClient(
        new Endpoints(folder, Map.of(), json).find(null, options.tokenFile),
        timeout().orElse(ANSWER_TIMEOUT),
        json);
  }

  boolean wantsJson() {
    return options.format == GlobalOptions.Format.JSON;
  }

  /** Writes data in the shape that is wanted. */
  void show(Object jsonValue, Supplier<Table> table) {
    if (wantsJson()) {
      output.data(json.pretty(jsonValue));
    } else {
      output.table(table.get());
    }
  }
}
