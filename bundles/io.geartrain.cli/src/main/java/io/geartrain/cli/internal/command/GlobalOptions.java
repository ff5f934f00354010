package io.geartrain.cli.internal.command;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. Filled by the parser. */
public final class GlobalOptions {
  /** Shapes of data on standard output. */
  public enum Format {
    TABLE,
    JSON
  }

  @Option(
      names = {"-o", "--format"},
      paramLabel = "table|json",
      scope = ScopeType.INHERIT,
      description = "Shape of the data on standard output (default: table).")
  Format format = Format.TABLE;

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Address of the node (default: $$GEAR_URL, else the node of this folder).")
  String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "File with the access token (default: $$GEAR_TOKEN, else that of the node of this folder).")
  Path tokenFile;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      scope = ScopeType.INHERIT,
      description = "Give up waiting after this time, e.g. 30s, 5m; status 6.")
  Duration timeout;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;
}
