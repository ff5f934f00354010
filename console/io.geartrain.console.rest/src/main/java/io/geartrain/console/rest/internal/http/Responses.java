package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Problems;
import io.geartrain.console.rest.internal.Reply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes replies and problems, with the headers that keep browsers careful. Thread-safe. */
public final class Responses {
  private static final Logger LOG = LoggerFactory.getLogger(Responses.class);

  private final Json json;

  /** Writes by this JSON. */
  public Responses(Json json) {
    this.json = json;
  }

  /** Headers of every answer of the process. */
  public static void secure(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** Headers of every answer of the API. */
  public static void secureApi(HttpServletResponse response) {
    secure(response);
    response.setHeader(
        "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
    response.setHeader("Cache-Control", "no-store");
  }

  /** The answer that tells of a problem. */
  Reply reply(Problem problem) {
    Map<String, String> headers =
        switch (problem.status()) {
          case 401 -> Map.of("WWW-Authenticate", "Bearer realm=\"geartrain\"");
          case 503 -> Map.of("Retry-After", "1");
          default -> Map.of();
        };
    return new Reply(problem.status(), new ProblemDocument(Problems.document(problem)), headers);
  }

  /** Writes a problem. */
  public void write(Problem problem, boolean head, HttpServletResponse response) {
    write(reply(problem), head, response);
  }

  /** Writes a reply; a client that has gone is no error. */
  void write(Reply reply, boolean head, HttpServletResponse response) {
    response.setStatus(reply.status());
    reply.headers().forEach(response::setHeader);
    try {
      if (reply.entity() instanceof Reply.Text text) {
        send(text.mediaType(), text.text().getBytes(StandardCharsets.UTF_8), head, response);
      } else if (reply.entity() instanceof ProblemDocument problem) {
        send("application/problem+json", json.write(problem.fields()), head, response);
      } else if (reply.entity() != null) {
        send("application/json", json.write(reply.entity()), head, response);
      }
    } catch (IOException e) {
      LOG.debug("The client has gone before its answer", e);
    }
  }

  private record ProblemDocument(Map<String, Object> fields) {}

  private static void send(
      String mediaType, byte[] bytes, boolean head, HttpServletResponse response)
      throws IOException {
    response.setContentType(mediaType);
    response.setCharacterEncoding("UTF-8");
    response.setContentLength(bytes.length);
    if (!head) {
      response.getOutputStream().write(bytes);
    }
  }
}
