package io.geartrain.launcher;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the node's HTTP server is to listen, read before it starts so that a taken port is found at
 * once.
 *
 * @param host name or address of the interface
 * @param port TCP port; 0 for any free one
 */
record HttpAddress(String host, int port) {
  /** Property by which an option overrides the port of the configuration file. */
  static final String PORT = "gear.http.port";

  /** Property by which an option overrides the host of the configuration file. */
  static final String HOST = "gear.http.host";

  static final String FILE = "org.apache.felix.http.cfg";
  static final String PORT_KEY = "org.osgi.service.http.port";
  static final String HOST_KEY = "org.apache.felix.http.host";

  private static final int MAX_PORT = 65_535;
  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final String DEFAULT_PORT = "8090";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:]+)(?::-([^}]*))?}");

  static HttpAddress read(Path conf, Map<String, String> overrides) throws LaunchException {
    Path file = conf.resolve(FILE);
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new LaunchException(file + " can't be read: " + e.getMessage(), e);
      }
    }
    String host = value(properties, HOST_KEY, DEFAULT_HOST, HOST, overrides);
    String port = value(properties, PORT_KEY, DEFAULT_PORT, PORT, overrides);
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number <= MAX_PORT) {
        return new HttpAddress(host, number);
      }
    } catch (NumberFormatException e) {
      // the message below names the value
    }
    throw new LaunchException(
        file + ": " + PORT_KEY + " is '" + port + "'; it must be a port from 0 to " + MAX_PORT);
  }

  /** Fails if the port can't be bound now. */
  void requireFree(Path conf) throws LaunchException {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException | IllegalArgumentException e) {
      throw new LaunchException(unavailable(conf, e.getMessage()), e);
    }
  }

  /** What to tell when the server does not get its port. */
  String unavailable(Path conf, String reason) {
    return "HTTP port "
        + port
        + " on "
        + host
        + " is not available ("
        + reason
        + "); stop the program that uses it, start with --port N, or change "
        + PORT_KEY
        + " in "
        + conf.resolve(FILE);
  }

  private static String value(
      Properties properties,
      String key,
      String fallback,
      String override,
      Map<String, String> overrides) {
    String text = properties.getProperty(key, overrides.getOrDefault(override, fallback)).trim();
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String otherwise = matcher.group(2) == null ? "" : matcher.group(2);
      String found = overrides.getOrDefault(matcher.group(1), otherwise);
      matcher.appendReplacement(result, Matcher.quoteReplacement(found));
    }
    return matcher.appendTail(result).toString().trim();
  }
}
