package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Problem;
import io.geartrain.console.rest.internal.Problems;
import io.geartrain.console.rest.internal.Reply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes replies and problems, with the headers that keep browsers careful. Thread-safe. */
public final class Responses {
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

  void write(Reply reply, boolean head, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    reply.headers().forEach(response::setHeader);
    if (reply.entity() instanceof Reply.Text text) {
      send(text.mediaType(), text.text().getBytes(StandardCharsets.UTF_8), head, response);
    } else if (reply.entity() != null) {
      send("application/json", json.write(reply.entity()), head, response);
    }
  }

  /** Writes a problem; does nothing if the answer is on its way already. */
  public void write(Problem problem, boolean head, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.status());
    if (problem.status() == 401) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"geartrain\"");
    }
    if (problem.status() == 503) {
      response.setHeader("Retry-After", "1");
    }
    send("application/problem+json", json.write(Problems.document(problem)), head, response);
  }

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
