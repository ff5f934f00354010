package io.geartrain.console.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.security.AuditLog;
import io.geartrain.security.Authenticator;
import io.geartrain.security.Principal;
import io.geartrain.security.RequestGuard;
import io.geartrain.security.Role;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on a real HTTP server. */
@Timeout(60)
class PageServletTest {
  private static final class OneCode implements Authenticator, AuditLog {
    final Set<String> codes = ConcurrentHashMap.newKeySet();
    final Set<String> audit = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<Principal> authenticate(String authorization, String session) {
      return "session-1".equals(session)
          ? Optional.of(new Principal("admin", Role.ADMIN))
          : Optional.empty();
    }

    @Override
    public String issueCode(Principal principal) {
      codes.add("good");
      return "good";
    }

    @Override
    public Optional<String> redeem(String code) {
      return codes.remove(code) ? Optional.of("session-1") : Optional.empty();
    }

    @Override
    public void endSession(String session) {}

    @Override
    public void refused(String code, Principal who, String method, String path, String from) {
      audit.add(code + " " + method + " " + path);
    }

    @Override
    public void changed(Principal principal, String method, String path, int status) {}
  }

  private final OneCode security = new OneCode();
  private final HttpClient http = HttpClient.newHttpClient();
  private RequestGuard guard = request -> Optional.empty();
  private Server server;
  private String base;

  @BeforeEach
  void start() throws Exception {
    security.issueCode(new Principal("admin", Role.ADMIN));
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder =
        new ServletHolder(
            new PageServlet(request -> guard.check(request), security, security, new Pages()));
    context.addServlet(holder, "/ui");
    context.addServlet(holder, "/ui/*");
    server.setHandler(context);
    server.start();
    base = "http://127.0.0.1:" + connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> get(String path, String session) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (session != null) {
      request.header("Cookie", "gear-session=" + session);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void shouldExchangeACodeForASessionOnce() throws Exception {
    HttpResponse<String> first = get("/ui?code=good", null);
    HttpResponse<String> second = get("/ui?code=good", null);

    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(header(first, "Location")).isEqualTo("/ui/");
    assertThat(header(first, "Set-Cookie"))
        .isEqualTo("gear-session=session-1; Path=/; HttpOnly; SameSite=Strict");
    assertThat(second.statusCode()).isEqualTo(401);
    assertThat(header(second, "Set-Cookie")).isEmpty();
    assertThat(second.body()).contains("gear console");
    assertThat(security.audit).containsExactly("unauthenticated GET /ui");
  }

  @Test
  void shouldNotUseACodeUpForHead() throws Exception {
    http.send(
        HttpRequest.newBuilder(URI.create(base + "/ui?code=good"))
            .method("HEAD", BodyPublishers.noBody())
            .build(),
        BodyHandlers.discarding());

    assertThat(get("/ui?code=good", null).statusCode()).isEqualTo(303);
  }

  @Test
  void shouldShowThePageWithASession() throws Exception {
    HttpResponse<String> page = get("/ui/", "session-1");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("app.js");
    assertThat(get("/ui", "session-1").statusCode()).isEqualTo(303);
    assertThat(header(get("/ui/app.js", "session-1"), "Content-Type"))
        .startsWith("text/javascript");
    assertThat(get("/ui/nope.js", "session-1").statusCode()).isEqualTo(404);
    assertThat(get("/ui/..%2f..%2fsecret", "session-1").statusCode()).isIn(400, 404);
  }

  @Test
  void shouldLeadToAnApplicationWithinThePage() throws Exception {
    HttpResponse<String> known = get("/ui/apps/word-count-7f3a", "session-1");

    assertThat(known.statusCode()).isEqualTo(303);
    assertThat(header(known, "Location")).isEqualTo("/ui/#/apps/word-count-7f3a");
    assertThat(get("/ui/apps/word-count-7f3a", null).statusCode()).isEqualTo(401);
    assertThat(get("/ui/apps/a%0d%0aX", "session-1").statusCode()).isIn(400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ui", "/ui/", "/ui/index.html", "/ui/app.js", "/ui/nope", "/ui?code="})
  void shouldTellStrangersHowToLogIn(String path) throws Exception {
    HttpResponse<String> response = get(path, "stolen");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("gear console").doesNotContain("app.js");
  }

  @Test
  void shouldShowStrangersTheStyleOfTheLoginPage() throws Exception {
    assertThat(get("/ui/app.css", null).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSendCarefulHeaders() throws Exception {
    HttpResponse<String> page = get("/ui/", "session-1");

    assertThat(header(page, "Content-Security-Policy"))
        .startsWith("default-src 'self'; frame-ancestors 'none'");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void shouldRefuseForeignHostsAndOtherMethods() throws Exception {
    HttpResponse<String> post =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/ui/")).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    guard = request -> Optional.of(new RequestGuard.Refusal(421, "bad-host", "no", "yes"));

    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(get("/ui/", "session-1").statusCode()).isEqualTo(421);
  }

  /** The policy of the page forbids what stands inline, and nothing may come from elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"index.html", "login.html", "expired.html", "app.js", "app.css"})
  void shouldHoldNothingThatItsOwnPolicyForbids(String name) {
    String text =
        new String(
            new Pages().find(name).orElseThrow().bytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(text)
        .doesNotContain("style=\"")
        .doesNotContain("<style")
        .doesNotContainPattern("<script(?! type=\"module\" src=)")
        .doesNotContainPattern("\\son[a-z]+=\"")
        .doesNotContain("innerHTML")
        .doesNotContain("insertAdjacentHTML")
        .doesNotContain("eval(")
        .doesNotContainPattern("https?://(?!www\\.w3\\.org/)");
  }
}
