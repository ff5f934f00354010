package io.geartrain.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the node lives and what {@code conf/node.properties} and the options say about it.
 *
 * @param home the unpacked distribution, which may be read-only
 * @param data folder of this node's data
 * @param deploy folder that is watched for configurations
 * @param logs folder of the log files
 * @param properties all properties, those of the options included
 */
record NodeSettings(Path home, Path data, Path deploy, Path logs, Map<String, String> properties) {
  static final String FEATURES = "gear.features";
  static final String NODE_ID = "gear.node.id";

  private static final String DEFAULT_FEATURES = "platform,http,node,schedulers,connectors,console";
  private static final String SHELL_FEATURE = "shell";

  static NodeSettings read(Path home, Options options) throws LaunchException {
    Map<String, String> properties = new TreeMap<>(load(home.resolve("conf/node.properties")));
    properties.putAll(options.properties());
    properties.replaceAll((name, value) -> value.replace("${gear.home}", home.toString()));
    Path data =
        options
            .data()
            .map(NodeSettings::absolute)
            .orElseGet(() -> folder(home, properties, "gear.data", "data"));
    Path deploy = folder(home, properties, "gear.deploy", "deploy");
    requireWatchable(home);
    requireWatchable(deploy);
    Path logs = folder(home, properties, "gear.logs", "logs");
    return new NodeSettings(home, data, deploy, logs, Map.copyOf(properties));
  }

  /** FileInstall takes a comma for the end of a folder's name. */
  private static void requireWatchable(Path folder) throws LaunchException {
    if (folder.toString().indexOf(',') >= 0) {
      throw new LaunchException(
          "the folder " + folder + " has a comma in its name, which can't be; rename or move it");
    }
  }

  Path conf() {
    return home.resolve("conf");
  }

  Path system() {
    return home.resolve("system");
  }

  /** The files of the features to install, in order. */
  List<Path> features(boolean shell) {
    Stream<String> named =
        Stream.of(properties.getOrDefault(FEATURES, DEFAULT_FEATURES).split(","));
    Stream<String> names = shell ? Stream.concat(named, Stream.of(SHELL_FEATURE)) : named;
    return names
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .distinct()
        .map(name -> home.resolve("features").resolve(name + ".json"))
        .toList();
  }

  private static Path folder(
      Path home, Map<String, String> properties, String name, String fallback) {
    String value = properties.getOrDefault(name, "").trim();
    return value.isEmpty() ? home.resolve(fallback) : home.resolve(value).normalize();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static Map<String, String> load(Path file) throws LaunchException {
    Map<String, String> result = new TreeMap<>();
    if (!Files.exists(file)) {
      return result;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new LaunchException(
          file + " can't be read: " + e.getMessage() + "; it must be a UTF-8 properties file", e);
    }
    properties.stringPropertyNames().forEach(n -> result.put(n, properties.getProperty(n).trim()));
    return result;
  }
}
