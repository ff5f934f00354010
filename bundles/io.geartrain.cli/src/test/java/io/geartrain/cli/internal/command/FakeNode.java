package io.geartrain.cli.internal.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A node's REST interface with scripted answers on an ephemeral port; remembers what it was asked.
 */
final class FakeNode implements AutoCloseable {
  static final String TOKEN = "secret-token";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Function<Asked, Answer>>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  record Answer(int status, String body) {}

  record Asked(String route, String body, long bodyBytes, String fileName, String contentType) {}

  FakeNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Adds an answer for a route such as {@code GET /apps}; the last one is given again and again.
   */
  FakeNode on(String route, int status, String body) {
    return on(route, request -> new Answer(status, body));
  }

  FakeNode on(String route, Function<Asked, Answer> answer) {
    answers.computeIfAbsent(route, r -> new ArrayDeque<>()).add(answer);
    return this;
  }

  FakeNode problem(String route, int status, String code, String detail, String hint) {
    return on(
        route,
        status,
        "{\"type\":\"about:blank\",\"title\":\"Refused\",\"status\":"
            + status
            + ",\"detail\":\""
            + detail
            + "\",\"code\":\""
            + code
            + "\",\"hint\":\""
            + hint
            + "\"}");
  }

  List<Asked> asked() {
    return asked;
  }

  List<String> routes() {
    return asked.stream().map(Asked::route).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
      String route = exchange.getRequestMethod() + " " + path;
      byte[] start;
      long size;
      try (InputStream body = exchange.getRequestBody()) {
        start = body.readNBytes(10_000);
        size = start.length + body.transferTo(OutputStream.nullOutputStream());
      }
      Asked request =
          new Asked(
              route,
              new String(start, StandardCharsets.UTF_8),
              size,
              exchange.getRequestHeaders().getFirst("X-File-Name"),
              exchange.getRequestHeaders().getFirst("Content-Type"));
      asked.add(request);
      boolean open = path.startsWith("/health");
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Answer answer =
          open || ("Bearer " + TOKEN).equals(authorization)
              ? next(route).apply(request)
              : new Answer(
                  401,
                  "{\"title\":\"Not authenticated\",\"status\":401,"
                      + "\"detail\":\"the token is not that of this node\","
                      + "\"code\":\"unauthenticated\"}");
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private Function<Asked, Answer> next(String route) {
    Deque<Function<Asked, Answer>> queue = answers.get(route);
    if (queue == null) {
      return request ->
          new Answer(
              404,
              "{\"title\":\"Not found\",\"status\":404,\"detail\":\"no route "
                  + route
                  + "\",\"code\":\"not-found\"}");
    }
    synchronized (queue) {
      return queue.size() > 1 ? queue.remove() : queue.peek();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
