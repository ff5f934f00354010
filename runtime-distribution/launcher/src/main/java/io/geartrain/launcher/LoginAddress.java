package io.geartrain.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the node for a console address that logs in once. Used by the main thread. */
final class LoginAddress {
  private static final Pattern URL = Pattern.compile("\"url\"\\s*:\\s*\"([^\"]+)\"");
  private static final int TIMEOUT_MS = 2_000;

  private LoginAddress() {}

  /**
   * A new address.
   *
   * @param url of the node
   * @param token file with the command line's token
   * @throws IOException if the node gives none
   */
  static String request(String url, Path token) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + "/api/v1/session:code").toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Authorization", "Bearer " + Files.readString(token).trim());
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(0);
    connection.getOutputStream().close();
    try (InputStream in = connection.getInputStream()) {
      Matcher matcher = URL.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new IOException("the answer holds no address");
  }
}
