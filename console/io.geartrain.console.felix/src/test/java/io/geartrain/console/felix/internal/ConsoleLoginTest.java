package io.geartrain.console.felix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import io.geartrain.security.RequestGuard;
import io.geartrain.security.Role;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The login on a real HTTP server, before a servlet that stands for the console. */
@Timeout(60)
class ConsoleLoginTest {
  private static final class Security implements Authenticator, AuditLog, RequestGuard {
    final Set<String> audit = ConcurrentHashMap.newKeySet();
    final Set<String> ended = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<Principal> authenticate(String authorization, String session) {
      if ("Bearer token".equals(authorization) || "admin".equals(session)) {
        return Optional.of(new Principal("admin", Role.ADMIN));
      }
      return "operator".equals(session)
          ? Optional.of(new Principal("op", Role.OPERATOR))
          : Optional.empty();
    }

    @Override
    public String issueCode(Principal principal) {
      return "";
    }

    @Override
    public Optional<String> redeem(String code) {
      return Optional.empty();
    }

    @Override
    public void endSession(String session) {
      ended.add(session);
    }

    @Override
    public void refused(String code, Principal who, String method, String path, String from) {
      audit.add(code + " " + method);
    }

    @Override
    public void changed(Principal principal, String method, String path, int status) {
      audit.add("changed " + method);
    }

    @Override
    public Optional<Refusal> check(RequestOrigin request) {
      boolean unsafe = !request.method().equals("GET");
      return unsafe && request.origin() != null && request.origin().contains("evil")
          ? Optional.of(new Refusal(403, "bad-origin", "foreign", "use the page"))
          : Optional.empty();
    }
  }

  private final Security security = new Security();
  private final ConsoleLogin login = new ConsoleLogin(security, security, security);
  private final HttpClient http = HttpClient.newHttpClient();
  private Server server;
  private URI uri;

  @BeforeEach
  void start() throws Exception {
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(
        new ServletHolder(
            new HttpServlet() {
              private static final long serialVersionUID = 1;

              @Override
              protected void service(HttpServletRequest request, HttpServletResponse response)
                  throws IOException {
                if (request.getRequestURI().endsWith("logout")) {
                  login.logout(request, response);
                } else if (login.authenticate(request, response) != null) {
                  response.getWriter().print("inside");
                }
              }
            }),
        "/*");
    server.setHandler(context);
    server.start();
    uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/system/console");
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> send(String method, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void shouldLetAdminsIn() throws Exception {
    assertThat(send("GET", "Authorization", "Bearer token").body()).isEqualTo("inside");
    assertThat(send("GET", "Cookie", "gear-session=admin").body()).isEqualTo("inside");
    assertThat(send("POST", "Cookie", "gear-session=admin").body()).isEqualTo("inside");
    assertThat(security.audit).containsExactly("changed POST");
  }

  @Test
  void shouldKeepOthersOut() throws Exception {
    assertThat(send("GET").statusCode()).isEqualTo(401);
    assertThat(send("GET", "Authorization", "Basic YWRtaW46YWRtaW4=").statusCode()).isEqualTo(401);
    assertThat(send("GET", "Cookie", "gear-session=operator").statusCode()).isEqualTo(403);
    assertThat(security.audit).containsExactlyInAnyOrder("unauthenticated GET", "forbidden GET");
  }

  @Test
  void shouldSendBrowsersToTheLoginPage() throws Exception {
    HttpResponse<String> response = send("GET", "Accept", "text/html,*/*");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).contains("/ui/");
  }

  @Test
  void shouldRefuseRequestsOfForeignPagesEvenWithASession() throws Exception {
    String[] foreign = {"Cookie", "gear-session=admin", "Origin", "http://evil.example"};

    assertThat(send("POST", foreign).statusCode()).isEqualTo(403);
    assertThat(send("GET", foreign).statusCode()).isEqualTo(403);
  }

  @Test
  void shouldEndTheSessionOnLogout() throws Exception {
    uri = URI.create(uri + "/logout");

    HttpResponse<String> response = send("GET", "Cookie", "gear-session=admin");

    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
    assertThat(security.ended).containsExactly("admin");
  }
}
