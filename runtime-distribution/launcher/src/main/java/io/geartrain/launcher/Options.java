package io.geartrain.launcher;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options of {@code gear node start}.
 *
 * @param help print the usage and leave
 * @param shell give the terminal to Gogo
 * @param data folder for the node's data, if not the configured one
 * @param properties values that win over those of {@code conf/node.properties}
 */
record Options(boolean help, boolean shell, Optional<Path> data, Map<String, String> properties) {
  static final String USAGE =
      """
      Usage: gear node start [OPTIONS]
      Starts a node in the foreground; Ctrl-C stops it.

        --shell          open the Gogo shell on this terminal
        --port N         HTTP port, instead of that in conf/org.apache.felix.http.cfg; 0: any free one
        --data FOLDER    data folder, instead of data/
        -D NAME=VALUE    a property, instead of that in conf/node.properties
        -h, --help       this text
      """;

  private static final int MAX_PORT = 65_535;

  static Options parse(List<String> arguments) throws LaunchException {
    boolean help = false;
    boolean shell = false;
    Optional<Path> data = Optional.empty();
    Map<String, String> properties = new TreeMap<>();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String name = equals < 0 ? argument : argument.substring(0, equals);
      Optional<String> value =
          equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
      switch (name) {
        case "-h", "--help" -> help = true;
        case "--shell" -> shell = true;
        case "--port" -> properties.put(HttpAddress.PORT, port(value(name, value, rest)));
        case "--data" -> data = Optional.of(Path.of(value(name, value, rest)));
        default -> {
          if (!argument.startsWith("-D")) {
            throw LaunchException.usage(
                "unknown option '" + argument + "'; 'gear node start --help' lists them");
          }
          String pair = argument.length() > 2 ? argument.substring(2) : value(name, value, rest);
          putPair(properties, pair);
        }
      }
    }
    return new Options(help, shell, data, Map.copyOf(properties));
  }

  private static String value(String name, Optional<String> value, Iterator<String> rest)
      throws LaunchException {
    if (value.isPresent()) {
      return value.get();
    }
    if (!rest.hasNext()) {
      throw LaunchException.usage(
          "option " + name + " needs a value; see 'gear node start --help'");
    }
    return rest.next();
  }

  private static void putPair(Map<String, String> properties, String pair) throws LaunchException {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw LaunchException.usage("option -D needs NAME=VALUE, but got '" + pair + "'");
    }
    properties.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  private static String port(String text) throws LaunchException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return text;
      }
    } catch (NumberFormatException e) {
      // the message below names the value
    }
    throw LaunchException.usage(
        "--port " + text + " is no port; give a number from 0 to " + MAX_PORT);
  }
}
