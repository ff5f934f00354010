package io.geartrain.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Speaks REST to a node. */
final class Rest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String base;
  private final String token;

  private Rest(int port, String token) {
    this.base = "http://127.0.0.1:" + port;
    this.token = token;
  }

  static Rest anonymous(int port) {
    return new Rest(port, null);
  }

  static Rest withToken(int port, String token) {
    return new Rest(port, token);
  }

  /** An empty JSON object, to be filled. */
  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Status of a GET; 0 if nobody answers. */
  int status(String path) {
    try {
      return send(request(path).GET()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** A GET that must succeed. */
  JsonNode get(String path) throws IOException {
    HttpResponse<String> response = send(request(path).GET());
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** A POST of JSON. */
  HttpResponse<String> post(String path, String json) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** A request to be completed. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder;
  }

  /** Sends a request. */
  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  static JsonNode parse(String json) throws IOException {
    return JSON.readTree(json);
  }
}
