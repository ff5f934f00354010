package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask what, from where, and in which session. */
class AccessTest extends ServletFixture {

  @ParameterizedTest
  @CsvSource({
    "GET,    /version,            viewer",
    "GET,    /openapi.yaml,       viewer",
    "GET,    /me,                 viewer",
    "GET,    /cluster,            viewer",
    "GET,    /nodes,              viewer",
    "GET,    /apps,               viewer",
    "GET,    /apps/wc-7f3a,       viewer",
    "GET,    /bundles,            viewer",
    "GET,    /schedulers,         viewer",
    "DELETE, /session,            viewer",
    "POST,   /apps,               operator",
    "POST,   /apps/wc-7f3a:cancel,operator",
    "GET,    /apps/wc-7f3a/checkpoints,viewer",
    "POST,   /apps/wc-7f3a/checkpoints,operator",
    "POST,   /apps/wc-7f3a:stop,  operator",
    "GET,    /savepoints,         viewer",
    "GET,    /apps/wc-7f3a/savepoints,viewer",
    "POST,   /apps/wc-7f3a/savepoints,operator",
    "GET,    /apps/wc-7f3a/savepoints/8,viewer",
    "DELETE, /apps/wc-7f3a/savepoints/8,operator",
    "POST,   /bundles,            admin",
    "DELETE, /bundles/word.count, admin",
    "PUT,    /scheduler,          admin",
    "POST,   /nodes/node-1:stop,  admin",
    "POST,   /session:code,       admin"
  })
  void shouldServeARouteToItsRoleAndThoseAbove(String method, String path, String role)
      throws Exception {
    String[] roles = {"viewer", "operator", "admin"};
    int needed = java.util.List.of(roles).indexOf(role);
    assertProblem(send(method, "/api/v1" + path, null, null), 401, "unauthenticated");
    assertProblem(send(method, "/api/v1" + path, "wrong", null), 401, "unauthenticated");
    for (int i = 0; i < roles.length; i++) {
      HttpResponse<String> response = send(method, "/api/v1" + path, roles[i], null);
      if (i < needed) {
        assertProblem(response, 403, "forbidden");
      } else {
        assertThat(response.statusCode()).isNotIn(401, 403, 404, 405, 500);
      }
    }
  }

  @Test
  void shouldTellHowToLogInAndWriteAnAuditLine() throws Exception {
    HttpResponse<String> response = send("GET", "/api/v1/apps?code=secret", null, null);

    assertThat(json(response).get("hint").asText()).contains("token", "gear console");
    assertThat(security.audit).containsExactly("refused unauthenticated - GET /api/v1/apps");
  }

  @Test
  void shouldKnowASessionByItsCookie() throws Exception {
    security.sessions.put("s1", new Principal("ann", Role.VIEWER));

    HttpResponse<String> response =
        send(request("GET", "/api/v1/me", null, null).header("Cookie", "a=b; gear-session=s1"));

    assertThat(response.body()).isEqualTo("{\"principal\":\"ann\",\"role\":\"viewer\"}");
  }

  @Test
  void shouldEndTheSession() throws Exception {
    security.sessions.put("s1", new Principal("ann", Role.VIEWER));

    HttpResponse<String> response =
        send(request("DELETE", "/api/v1/session", null, null).header("Cookie", "gear-session=s1"));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
    assertThat(security.sessions).isEmpty();
  }

  @Test
  void shouldIssueCodesOfALesserRole() throws Exception {
    HttpResponse<String> own = send("POST", "/api/v1/session:code", "admin", null);
    HttpResponse<String> lesser =
        send("POST", "/api/v1/session:code", "admin", "{\"name\":\"bob\",\"role\":\"viewer\"}");

    assertThat(json(own).get("url").asText()).isEqualTo(base + "/ui?code=code-admin-ADMIN");
    assertThat(json(lesser).get("code").asText()).isEqualTo("code-bob-VIEWER");
    assertProblem(
        send("POST", "/api/v1/session:code", "admin", "{\"role\":\"root\"}"), 400, "bad-request");
  }

  @Test
  void shouldSendCarefulHeaders() throws Exception {
    var headers = send("GET", "/api/v1/me", "viewer", null).headers();

    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void shouldRefuseForeignHosts() throws Exception {
    assertThat(raw("GET /api/v1/me HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421")
        .contains("bad-host");
    assertThat(
            raw(
                "GET /api/v1/health/live HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(
            raw("GET /api/v1/events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
  }

  @Test
  void shouldRefuseChangesFromForeignPages() throws Exception {
    HttpResponse<String> response =
        send(
            request("POST", "/api/v1/apps/wc-7f3a:cancel", "admin", null)
                .header("Origin", "http://evil.example"));

    assertProblem(response, 403, "bad-origin");
    assertThat(cluster.asked).isEmpty();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(base).getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
