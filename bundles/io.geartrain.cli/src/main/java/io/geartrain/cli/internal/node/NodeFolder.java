package io.geartrain.cli.internal.node;

import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Json;
import io.geartrain.cli.internal.rest.Model.NodeFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The folders of the distribution this program belongs to. Stateless; reads the disk at each call.
 *
 * @param home the distribution; empty if the program runs outside of one
 * @param data what the node writes; empty likewise
 */
public record NodeFolder(Optional<Path> home, Optional<Path> data) {

  private static final String DATA = "gear.data";

  /**
   * The folders of a distribution.
   *
   * @param home the distribution
   * @param data the data folder, if not the configured one
   */
  public static NodeFolder of(Optional<Path> home, Optional<Path> data) {
    return new NodeFolder(home, data.or(() -> home.map(NodeFolder::configuredData)));
  }

  private static Path configuredData(Path home) {
    Properties properties = new Properties();
    Path file = home.resolve("conf").resolve("node.properties");
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      return home.resolve("data"); // the node tells what is wrong with its configuration
    }
    String value = properties.getProperty(DATA, "").strip();
    return value.isEmpty()
        ? home.resolve("data")
        : home.resolve(value.replace("${gear.home}", home.toString())).normalize();
  }

  /** What the node of this folder wrote about itself; empty if none is up. */
  public Optional<NodeFile> nodeFile(Json json) {
    return nodeFilePath()
        .flatMap(NodeFolder::read)
        .flatMap(t -> json.as(json.parse(t), NodeFile.class));
  }

  /** Where a node of this folder writes its address. */
  public Optional<Path> nodeFilePath() {
    return data.map(folder -> folder.resolve("node.json"));
  }

  /** Where a node of this folder keeps the command line's token. */
  public Optional<Path> tokenPath() {
    return data.map(folder -> folder.resolve("security").resolve("token"));
  }

  /**
   * A file of the distribution.
   *
   * @throws CliException if the program runs outside of one, or the file is missing
   */
  public Path require(String relative) {
    Path file =
        home.orElseThrow(
                () ->
                    new CliException(
                        ExitCode.FAILED,
                        "this needs the distribution's folder, which is unknown",
                        "GEAR_HOME is not set",
                        "run gear by the bin/gear of an unpacked distribution"))
            .resolve(relative);
    if (!Files.isRegularFile(file)) {
      throw new CliException(
          ExitCode.FAILED,
          file + " is missing",
          "the distribution in " + home.get() + " is not complete",
          "unpack the distribution again");
    }
    return file;
  }

  /** A file that a person named: where they are, or else in the distribution. */
  public Path locate(Path named) {
    if (named.isAbsolute() || Files.exists(named)) {
      return named;
    }
    return home.map(folder -> folder.resolve(named)).filter(Files::isRegularFile).orElse(named);
  }

  /** The content of a small file without white space around it; empty if it can't be read. */
  public static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
