package io.geartrain.cli.internal.node;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Endpoint;
import io.geartrain.cli.internal.rest.Json;
import io.geartrain.cli.internal.rest.Model.NodeFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out which node is meant and which token it takes. Stateless. */
public final class Endpoints {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final NodeFolder folder;
  private final Map<String, String> environment;
  private final Json json;

  public Endpoints(NodeFolder folder, Map<String, String> environment, Json json) {
    this.folder = folder;
    this.environment = environment;
    this.json = json;
  }

  /**
   * The node that is meant: by option, by environment, else the one of this folder.
   *
   * @param url option {@code --url}, or null
   * @param tokenFile option {@code --token-file}, or null
   * @throws CliException if there is none, or an option is wrong
   */
  public Endpoint find(String url, Path tokenFile) {
    Optional<NodeFile> own = folder.nodeFile(json);
    if (url != null) {
      return endpoint(parse(url, "--url"), "--url", tokenFile, own);
    }
    String byEnvironment = environment.getOrDefault("GEAR_URL", "");
    if (!byEnvironment.isEmpty()) {
      return endpoint(parse(byEnvironment, "GEAR_URL"), "GEAR_URL", tokenFile, own);
    }
    String ownUrl = own.map(NodeFile::url).orElseThrow(this::notRunning);
    String origin = folder.nodeFilePath().orElseThrow().toString();
    return endpoint(parse(ownUrl, origin), origin, tokenFile, own);
  }

  private Endpoint endpoint(URI url, String origin, Path tokenFile, Optional<NodeFile> own) {
    boolean local = own.map(NodeFile::url).filter(u -> u.equals(url.toString())).isPresent();
    if (tokenFile != null) {
      String token =
          NodeFolder.read(tokenFile)
              .orElseThrow(
                  () ->
                      new CliException(
                          ExitCode.AUTHENTICATION,
                          "token file " + tokenFile + " can't be read",
                          "it is missing, or belongs to another user",
                          "name the node's own: <node folder>/data/security/token"));
      return new Endpoint(url, origin, usable(token, tokenFile), from(tokenFile), local);
    }
    String byEnvironment = environment.getOrDefault("GEAR_TOKEN", "");
    if (!byEnvironment.isEmpty()) {
      String variable = "the token was taken from GEAR_TOKEN";
      return new Endpoint(url, origin, usable(byEnvironment, "GEAR_TOKEN"), variable, local);
    }
    Optional<Path> ownToken = folder.tokenPath();
    if (ownToken.isEmpty() || !local && !LOOPBACK.contains(url.getHost())) {
      return new Endpoint(
          url, origin, Optional.empty(), "no token was sent: none is known for " + url, local);
    }
    Optional<String> token = NodeFolder.read(ownToken.get());
    return new Endpoint(
        url,
        origin,
        token.flatMap(t -> usable(t, ownToken.get())),
        token.isPresent()
            ? from(ownToken.get())
            : "no token was sent: " + ownToken.get() + " is missing or belongs to another user",
        local);
  }

  private CliException notRunning() {
    return new CliException(
        ExitCode.UNREACHABLE,
        "no node is running",
        folder
            .nodeFilePath()
            .map(path -> path + " does not exist; a running node writes it")
            .orElse("GEAR_HOME is not set, so there is no folder to look into"),
        "start one with: gear node start    (or name one elsewhere with --url)");
  }

  private static String from(Path file) {
    return "the token was taken from " + file;
  }

  private static Optional<String> usable(String token, Object origin) {
    boolean printable = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 127);
    if (!printable) {
      throw new CliException(
          ExitCode.AUTHENTICATION,
          "the token in " + origin + " is none",
          "it is empty, or holds other characters than letters, digits and signs",
          "name the file with the node's token: --token-file <node folder>/data/security/token");
    }
    return Optional.of(token);
  }

  private static URI parse(String url, String origin) {
    try {
      URI parsed = URI.create(url.strip());
      boolean http = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
      if (http && parsed.getHost() != null) {
        return URI.create(parsed.getScheme() + "://" + parsed.getRawAuthority());
      }
    } catch (IllegalArgumentException e) {
      // told below, like every address that is none
    }
    throw new CliException(
        ExitCode.USAGE,
        "'" + url + "' (from " + origin + ") is no address of a node",
        "it needs a scheme and a host",
        "write it like http://127.0.0.1:8090");
  }
}
