package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.geartrain.client.ClusterException;
import io.geartrain.console.rest.internal.FakeCluster;
import io.geartrain.console.rest.internal.FakeNode;
import io.geartrain.console.rest.internal.FakeSecurity;
import io.geartrain.console.rest.internal.HashingStore;
import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.events.EventHub;
import io.geartrain.console.rest.internal.routes.NodeInfo;
import io.geartrain.console.rest.internal.routes.Routes;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.StartWish;
import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import io.geartrain.spi.ReadinessCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The servlets on a real HTTP server, over a fake cluster. */
@Timeout(60)
class ApiServletTest {
  private static final String APP = "{application=\"word-count\",id=\"wc-7f3a\"}";
  private static final String OUT = "{application=\"word-count\",id=\"wc-7f3a\",processor=\"out\"}";

  private static final String DIGEST_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final FakeSecurity security = new FakeSecurity();
  private final FakeNode node = new FakeNode();
  private final FakeCluster cluster = new FakeCluster();
  private final HashingStore store = new HashingStore();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final ExecutorService wakes = Executors.newSingleThreadExecutor();
  private volatile String padding = "";
  private final EventHub hub =
      new EventHub(
          () ->
              Map.of(
                  "cluster",
                  ("{\"n\":" + cluster.records + padding + "}").getBytes(StandardCharsets.UTF_8)),
          2);

  private Server server;
  private String base;

  @BeforeEach
  void start() throws Exception {
    node.cluster = cluster;
    node.store = store;
    Gate gate = new Gate(security, security, security);
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    var table = Routes.table(node, security, new NodeInfo("0.1.0", "17", "2026"));
    context.addServlet(
        new ServletHolder(new ApiServlet(table, gate, new Json(), 300_000_000, () -> "i-1")),
        "/api/v1/*");
    ServletHolder events =
        new ServletHolder(new EventsServlet(hub, gate, () -> wakes.execute(hub::poll)));
    events.setAsyncSupported(true);
    context.addServlet(events, "/api/v1/events");
    context.addServlet(new ServletHolder(new MetricsServlet(node, gate)), "/metrics");
    context.addServlet(new ServletHolder(new RootServlet(gate)), "/");
    server.setHandler(context);
    server.start();
    base = "http://127.0.0.1:" + connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    hub.close();
    server.stop();
    wakes.shutdownNow();
  }

  private HttpRequest.Builder request(String method, String path, String token, String body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      builder.header("Content-Type", "application/json");
    }
    return builder;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String token, String body)
      throws Exception {
    return send(request(method, path, token, body));
  }

  private JsonNode json(HttpResponse<String> response) throws IOException {
    return mapper.readTree(response.body());
  }

  private void assertProblem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(json(response).get("code").asText()).isEqualTo(code);
    assertThat(json(response).get("status").asInt()).isEqualTo(status);
    assertThat(json(response).has("type")).isTrue();
    assertThat(json(response).has("title")).isTrue();
    assertThat(json(response).get("detail").asText()).isNotBlank();
  }

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

  private static String quantile(String which) {
    return OUT.replace("}", ",quantile=\"" + which + "\"}");
  }

  @Test
  void shouldTellPrometheusOfTheCluster() throws Exception {
    assertProblem(send("GET", "/metrics", null, null), 401, "unauthenticated");
    assertProblem(send("POST", "/metrics", "viewer", null), 405, "bad-request");

    HttpResponse<String> response = send("GET", "/metrics", "viewer", null);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(response.body().lines())
        .allMatch(line -> line.matches("# (HELP|TYPE) .+|[a-z_]+(\\{[^}]*})? (NaN|-?[0-9.E+-]+)"))
        .anyMatch(line -> line.startsWith("gear_processor_records_in_total{application="))
        .anyMatch(line -> line.startsWith("gear_slots_free "))
        .contains(
            "gear_processor_audited_records_total" + OUT + " 99",
            "gear_processor_lost_records_total" + OUT + " 1",
            "gear_processor_duplicated_records_total" + OUT + " 0",
            "gear_processor_late_records_total" + OUT + " 5",
            "gear_processor_dropped_records_total" + OUT + " 4",
            "gear_processor_lag_seconds" + OUT + " 1.5",
            "gear_processor_hop_latency_seconds" + quantile("0.5") + " 2.05E-5",
            "gear_processor_hop_latency_seconds" + quantile("0.99") + " 2.07E-4",
            "gear_processor_hop_latency_seconds" + quantile("1") + " 0.0015",
            "gear_application_watermark_seconds" + APP + " 0.005",
            "gear_application_lag_seconds" + APP + " 1.5",
            "gear_application_clock_stalled" + APP + " 1",
            "gear_application_stalled_tasks" + APP + " 1");
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

  @Test
  void shouldAnswerUnknownPathsAndMethodsAsProblems() throws Exception {
    assertProblem(send("GET", "/api/v1/nope", "viewer", null), 404, "not-found");
    assertProblem(send("GET", "/api/v1/nope", null, null), 401, "unauthenticated");
    assertProblem(send("GET", "/api/v1/apps/nope", "viewer", null), 404, "unknown-application");
    assertProblem(send("GET", "/elsewhere", null, null), 404, "not-found");
    HttpResponse<String> response = send("PATCH", "/api/v1/apps", "viewer", null);
    assertProblem(response, 405, "bad-request");
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, POST");
  }

  @Test
  void shouldAnswerHeadWithoutBody() throws Exception {
    HttpResponse<String> get = send("GET", "/api/v1/cluster", "viewer", null);
    HttpResponse<String> head = send("HEAD", "/api/v1/cluster", "viewer", null);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
  }

  @Test
  void shouldLeadFromTheRootToThePage() throws Exception {
    HttpResponse<String> response = send("GET", "/", null, null);

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).contains("/ui/");
  }

  @Test
  void shouldHideInternalErrorsBehindAnIncident() throws Exception {
    cluster.failure = new IllegalStateException("secret inner text");

    HttpResponse<String> response = send("GET", "/api/v1/cluster", "viewer", null);

    assertProblem(response, 500, "internal");
    assertThat(response.body()).contains("i-1").doesNotContain("secret");
  }

  @Test
  void shouldPassRefusalsOfTheMasterOn() throws Exception {
    cluster.failure = new ClusterException("unavailable", "No master is reachable.", "Wait.");
    HttpResponse<String> response = send("GET", "/api/v1/cluster", "viewer", null);
    assertProblem(response, 503, "unavailable");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(json(response).get("hint").asText()).isEqualTo("Wait.");

    cluster.failure = new ClusterException("bundle-no-application", "x", null);
    assertProblem(send("GET", "/api/v1/cluster", "viewer", null), 422, "bundle-no-application");
    cluster.failure = new ClusterException("bundle-conflict", "x", null);
    assertProblem(send("GET", "/api/v1/cluster", "viewer", null), 409, "bundle-conflict");
  }

  @Test
  void shouldSayThatTheClusterIsNotThereYet() throws Exception {
    node.cluster = null;

    assertProblem(send("GET", "/api/v1/apps", "viewer", null), 503, "unavailable");
    assertThat(send("GET", "/api/v1/health/live", null, null).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldBeReadyOnceAllPartsAre() throws Exception {
    node.checks.add(check("coordination", true, "embedded"));
    node.checks.add(check("master", true, "leader"));
    node.checks.add(check("worker", true, "2 slots"));
    HttpResponse<String> early = send("GET", "/api/v1/health/ready", null, null);
    node.checks.add(check("console", true, base + "/ui?code=secret"));
    HttpResponse<String> ready = send("GET", "/api/v1/health/ready", null, null);
    node.checks.set(1, check("master", false, "elects"));
    HttpResponse<String> later = send("GET", "/api/v1/health/ready", null, null);

    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(json(early).get("checks").get(3).toString())
        .isEqualTo("{\"name\":\"console\",\"ok\":false,\"detail\":\"not started\"}");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("\"ready\":true", "/ui\"").doesNotContain("secret");
    assertThat(later.statusCode()).isEqualTo(503);
  }

  private static ReadinessCheck check(String name, boolean ready, String detail) {
    return new ReadinessCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Readiness check() {
        return new Readiness(ready, detail);
      }
    };
  }

  @Test
  void shouldWriteTheDocumentsOfTheContract() throws Exception {
    assertThat(send("GET", "/api/v1/cluster", "viewer", null).body())
        .isEqualTo(
            "{\"leader\":\"node-1\",\"epoch\":3,\"nodes\":1,\"workers\":1,"
                + "\"slots\":{\"total\":8,\"free\":6},\"applications\":{\"RUNNING\":1},"
                + "\"scheduler\":\"spread\"}");
    assertThat(send("GET", "/api/v1/nodes", "viewer", null).body())
        .isEqualTo(
            "{\"nodes\":[{\"id\":\"node-1\",\"address\":\"local\",\"roles\":[\"master\",\"worker\"],"
                + "\"leader\":true,\"worker\":{\"id\":\"w-1\",\"slots\":8,\"freeSlots\":6,"
                + "\"labels\":{\"rack\":\"r1\"}},\"java\":\"17\",\"pid\":42,"
                + "\"startedAt\":\"2026-01-01T00:00:00Z\"}]}");
    assertThat(send("GET", "/api/v1/apps", "viewer", null).body())
        .isEqualTo(
            "{\"apps\":[{\"id\":\"wc-7f3a\",\"name\":\"word-count\",\"state\":\"RUNNING\","
                + "\"bundle\":{\"name\":\"word.count\",\"version\":\"1.0.0\",\"digest\":\"ab12\"},"
                + "\"submittedAt\":\"2026-01-01T00:00:00Z\",\"startedAt\":\"2026-01-01T00:00:00Z\","
                + "\"endedAt\":null,\"recordsIn\":100,\"recordsOut\":99,\"inPerSecond\":50.0}]}");
    JsonNode app = json(send("GET", "/api/v1/apps/wc-7f3a", "viewer", null));
    assertThat(app.get("processors").get(1).toString())
        .isEqualTo(
            "{\"id\":\"out\",\"kind\":\"SINK\",\"parallelism\":2,\"chain\":1,\"recordsIn\":99,"
                + "\"recordsOut\":0,\"inPerSecond\":49.0,\"outPerSecond\":0.0,\"busyPercent\":10.0,"
                + "\"blockedPercent\":0.0,\"watermark\":5,"
                + "\"audit\":{\"audited\":99,\"lost\":1,\"duplicated\":0},"
                + "\"recordsLate\":5,\"recordsDropped\":4,\"lagMs\":1500,"
                + "\"latency\":{\"p50Us\":20.5,\"p99Us\":207.0,\"maxUs\":1500.0}}");
    assertThat(app.get("clock").toString())
        .isEqualTo(
            "{\"watermark\":5,\"newest\":1505,\"lagMs\":1500,\"heldBy\":\"out/1\",\"waiting\":null,"
                + "\"stalled\":\"out/1\",\"stalledSince\":\"2026-01-01T00:00:00Z\"}");
    assertThat(app.get("stalls").toString())
        .isEqualTo(
            "{\"tasks\":1,\"longest\":[{\"task\":\"out/1\",\"since\":\"2026-01-01T00:00:00Z\","
                + "\"place\":\"App.f(App.java:7)\",\"stackTrace\":\"at f\"}]}");
    assertThat(app.get("processors").get(0).get("audit").isNull()).isTrue();
    assertThat(app.get("audit").toString())
        .isEqualTo("{\"audited\":99,\"lost\":1,\"duplicated\":0}");
    assertThat(app.get("placement").get(0).toString())
        .isEqualTo(
            "{\"slice\":0,\"worker\":\"w-1\",\"decision\":\"ASSIGN\","
                + "\"reason\":\"most free slots\",\"scheduler\":\"spread\"}");
    assertThat(app.get("edges").get(0).toString())
        .isEqualTo("{\"from\":\"lines\",\"to\":\"out\",\"partitioner\":\"hash\"}");
    assertThat(send("GET", "/api/v1/schedulers", "viewer", null).body())
        .isEqualTo(
            "{\"default\":\"spread\",\"schedulers\":[{\"name\":\"spread\",\"bundle\":\"s.spread\","
                + "\"version\":\"0.1.0\",\"state\":\"ACTIVE\",\"lastError\":null}]}");
    assertThat(send("GET", "/api/v1/version", "viewer", null).body())
        .isEqualTo("{\"version\":\"0.1.0\",\"java\":\"17\",\"startedAt\":\"2026\"}");
  }

  @Test
  void shouldSubmitAndCancelInTheNameOfThePrincipal() throws Exception {
    HttpResponse<String> submitted =
        send(
            "POST",
            "/api/v1/apps",
            "operator",
            "{\"bundle\":\"word.count\",\"name\":null,\"settings\":{\"k\":\"v\"},\"scheduler\":\"pack\"}");
    HttpResponse<String> cancelled = send("POST", "/api/v1/apps/wc-7f3a:cancel", "operator", null);

    assertThat(submitted.statusCode()).isEqualTo(201);
    assertThat(submitted.headers().firstValue("Location")).contains("/api/v1/apps/wc-7f3a");
    assertThat(cancelled.statusCode()).isEqualTo(202);
    assertThat(cluster.asked)
        .containsExactly(
            "submit word.count null {k=v} pack by operator", "cancel wc-7f3a by operator");
    assertThat(security.audit).contains("operator POST /api/v1/apps 201");
  }

  @Test
  void shouldTakeACheckpointAndTellWhereToLook() throws Exception {
    HttpResponse<String> taken = send("POST", "/api/v1/apps/wc-7f3a/checkpoints", "operator", null);

    assertThat(taken.statusCode()).isEqualTo(202);
    assertThat(taken.headers().firstValue("Location")).contains("/api/v1/apps/wc-7f3a/checkpoints");
    assertThat(json(taken).get("number").asLong()).isEqualTo(8);
    assertThat(json(taken).get("state").asText()).isEqualTo("IN_PROGRESS");
    assertThat(json(taken).get("principal").asText()).isEqualTo("operator");
    assertThat(send("GET", "/api/v1/apps/wc-7f3a/checkpoints", "viewer", null).body())
        .isEqualTo(
            "{\"checkpoints\":[{\"application\":\"wc-7f3a\",\"number\":7,\"kind\":\"CHECKPOINT\","
                + "\"state\":\"STANDING\",\"at\":\"2026-01-01T00:00:00Z\",\"durationMs\":12,"
                + "\"bytes\":345,\"fingerprint\":\"f00\",\"label\":null,\"principal\":null,"
                + "\"problem\":null}]}");
    assertProblem(
        send("POST", "/api/v1/apps/nope/checkpoints", "operator", null),
        404,
        "unknown-application");
  }

  @Test
  void shouldStartFromASavepoint() throws Exception {
    String bundle = "{\"bundle\":\"word.count\",";
    assertThat(
            send("POST", "/api/v1/apps", "operator", bundle + "\"from\":\"a-1b2c\"}").statusCode())
        .isEqualTo(201);
    assertThat(
            send(
                    "POST",
                    "/api/v1/apps",
                    "operator",
                    bundle
                        + "\"from\":\"a-1b2c/12\",\"dropState\":[\"x\"],\"allowDroppedState\":true}")
                .statusCode())
        .isEqualTo(201);

    assertThat(cluster.asked)
        .containsExactly(
            "submit word.count null {} null from "
                + new StartWish("a-1b2c", null, List.of(), false)
                + " by operator",
            "submit word.count null {} null from "
                + new StartWish("a-1b2c", "12", List.of("x"), true)
                + " by operator");
    assertProblem(
        send("POST", "/api/v1/apps", "operator", bundle + "\"from\":\"a-1b2c/\"}"),
        400,
        "bad-request");
    assertProblem(
        send("POST", "/api/v1/apps", "operator", bundle + "\"dropState\":[\"x\"]}"),
        400,
        "bad-request");
  }

  @Test
  void shouldTakeSavepointsAndStopWithOne() throws Exception {
    String app = "/api/v1/apps/wc-7f3a";
    HttpResponse<String> taken =
        send("POST", app + "/savepoints", "operator", "{\"label\":\" before \"}");
    HttpResponse<String> stopped = send("POST", app + ":stop", "operator", null);

    assertThat(taken.statusCode()).isEqualTo(202);
    assertThat(taken.headers().firstValue("Location")).contains(app + "/savepoints/8");
    assertThat(json(taken).get("kind").asText()).isEqualTo("SAVEPOINT");
    assertThat(stopped.statusCode()).isEqualTo(202);
    assertThat(stopped.headers().firstValue("Location")).contains(app + "/savepoints/8");
    assertThat(cluster.asked)
        .containsExactly(
            "checkpoint wc-7f3a " + new CheckpointWish(true, "before", false, "operator"),
            "checkpoint wc-7f3a " + new CheckpointWish(true, null, true, "operator"));
    assertProblem(
        send("POST", app + "/savepoints", "operator", "{\"label\":\"12\"}"), 400, "bad-request");
    assertProblem(
        send("POST", app + "/savepoints", "operator", "{\"lable\":\"x\"}"), 400, "bad-request");
  }

  @Test
  void shouldShowAndDeleteSavepoints() throws Exception {
    String one = "/api/v1/apps/wc-7f3a/savepoints/8";

    assertThat(json(send("GET", one, "viewer", null)).get("label").asText()).isEqualTo("before");
    assertThat(json(send("GET", "/api/v1/savepoints", "viewer", null)).get("savepoints"))
        .hasSize(1);
    assertProblem(
        send("GET", "/api/v1/apps/wc-7f3a/savepoints/9", "viewer", null), 404, "unknown-savepoint");
    assertProblem(
        send("GET", "/api/v1/apps/wc-7f3a/savepoints/x", "viewer", null), 400, "bad-request");
    assertThat(send("DELETE", one, "operator", null).statusCode()).isEqualTo(204);
    assertThat(cluster.asked).contains("delete savepoint wc-7f3a/8 by operator");
  }

  @Test
  void shouldRefuseBadSubmissions() throws Exception {
    assertProblem(send("POST", "/api/v1/apps", "operator", "{}"), 400, "bad-request");
    assertProblem(send("POST", "/api/v1/apps", "operator", "{\"x\":1}"), 400, "bad-request");
    assertProblem(
        send("POST", "/api/v1/apps", "operator", "{\"bundle\":\"nope\"}"), 404, "unknown-bundle");
    assertProblem(
        send(
            request("POST", "/api/v1/apps", "operator", null).header("Content-Type", "text/plain")),
        415,
        "bad-request");
    assertProblem(
        send("POST", "/api/v1/apps", "operator", "{\"bundle\":\"" + "x".repeat(1 << 20) + "\"}"),
        413,
        "bad-request");
  }

  @Test
  void shouldChooseTheSchedulerAndStopNodesAndUndeploy() throws Exception {
    assertThat(send("PUT", "/api/v1/scheduler", "admin", "{\"name\":\"pack\"}").statusCode())
        .isEqualTo(200);
    assertThat(send("POST", "/api/v1/nodes/node-1:stop", "admin", null).statusCode())
        .isEqualTo(202);
    assertThat(send("DELETE", "/api/v1/bundles/word.count", "admin", null).statusCode())
        .isEqualTo(204);

    assertThat(cluster.asked)
        .contains(
            "scheduler pack by admin", "stop node-1 by admin", "undeploy word.count by admin");
  }

  private HttpRequest.Builder upload(HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(base + "/api/v1/bundles"))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer admin")
        .header("Content-Type", "application/java-archive")
        .header("X-File-Name", "C:\\x\\app.jar")
        .POST(body);
  }

  @Test
  void shouldDeployAnUpload() throws Exception {
    HttpResponse<String> response = send(upload(BodyPublishers.ofByteArray(new byte[0])));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).contains("/api/v1/bundles/word.count");
    assertThat(cluster.asked).containsExactly("deploy " + DIGEST_OF_NOTHING + " app.jar by admin");
  }

  @Test
  void shouldKeepNothingOfARefusedUpload() throws Exception {
    cluster.refusal = new ClusterException("bundle-not-a-zip", "app.jar is no jar", null);

    assertProblem(send(upload(BodyPublishers.ofByteArray(new byte[0]))), 422, "bundle-not-a-zip");

    assertThat(store.removed).isEqualTo(DIGEST_OF_NOTHING);
  }

  @Test
  void shouldKeepTheBytesThatSomebodyUses() throws Exception {
    cluster.refusal = new ClusterException("bundle-conflict", "other bytes", null);
    cluster.deployedDigest = DIGEST_OF_NOTHING;

    assertProblem(send(upload(BodyPublishers.ofByteArray(new byte[0]))), 409, "bundle-conflict");

    assertThat(store.removed).isNull();
  }

  @Test
  void shouldStreamALargeUploadWithoutKeepingItInMemory() throws Exception {
    long size = 200L << 20;
    InputStream generated = new Zeros(size);

    HttpResponse<String> response = send(upload(BodyPublishers.ofInputStream(() -> generated)));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(store.sizeBytes).isEqualTo(size);
    assertThat(Runtime.getRuntime().maxMemory())
        .as("the tests run with a heap in which the upload has no room")
        .isLessThan(size);
  }

  @Test
  void shouldRefuseAnUploadThatIsTooLarge() throws Exception {
    InputStream generated = new Zeros(301_000_000);

    assertProblem(send(upload(BodyPublishers.ofInputStream(() -> generated))), 413, "bad-request");
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void shouldTellThatTheDiskIsFull() throws Exception {
    store.failure = new IOException("No space left on device");

    assertProblem(send(upload(BodyPublishers.ofByteArray(new byte[10]))), 507, "disk-full");
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void shouldDeployNothingOfAnInterruptedUpload() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", URI.create(base).getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/bundles HTTP/1.1\r\nHost: 127.0.0.1:1\r\n"
                      + "Authorization: Bearer admin\r\nContent-Type: application/java-archive\r\n"
                      + "Content-Length: 1000000\r\n\r\nPK")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400");
    }

    await().until(() -> store.failed);
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void shouldStreamChangesAndEndWhenTheHubCloses() throws Exception {
    try (BufferedReader lines = listen("viewer")) {
      assertThat(nextEvent(lines)).isEqualTo("event: cluster data: {\"n\":100}");
      cluster.records = 101;
      hub.poll();
      hub.poll();
      cluster.records = 102;
      hub.poll();
      hub.beat();

      assertThat(nextEvent(lines)).isEqualTo("event: cluster data: {\"n\":101}");
      assertThat(nextEvent(lines)).isEqualTo("event: cluster data: {\"n\":102}");
      assertThat(lines.readLine()).isEqualTo(":");
      hub.close();
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void shouldNotWaitForAClientThatDoesNotRead() throws Exception {
    try (Socket lazy = new Socket("127.0.0.1", URI.create(base).getPort());
        BufferedReader reader = listen("viewer")) {
      lazy.getOutputStream()
          .write(
              ("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:1\r\n"
                      + "Authorization: Bearer viewer\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> hub.size() == 2);
      padding = "x".repeat(300_000);
      for (int i = 1; i <= 50; i++) {
        cluster.records = i;
        hub.poll();
        String expected = "event: cluster data: {\"n\":" + i + padding + "}";
        String event = nextEvent(reader);
        while (!event.equals(expected)) {
          event = nextEvent(reader);
        }
      }

      assertThat(hub.size()).isEqualTo(2);
    }
  }

  @Test
  void shouldForgetClientsThatHaveGone() throws Exception {
    listen("viewer").close();
    BufferedReader second = listen("viewer");
    assertThat(nextEvent(second)).contains("cluster");

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              hub.beat();
              return hub.size() == 1;
            });
    second.close();
  }

  @Test
  void shouldRefuseMoreClientsThanItHasRoomFor() throws Exception {
    try (BufferedReader first = listen("viewer");
        BufferedReader second = listen("viewer")) {
      assertThat(nextEvent(first)).contains("cluster");
      assertThat(nextEvent(second)).contains("cluster");

      assertProblem(send("GET", "/api/v1/events", "viewer", null), 503, "unavailable");
    }
  }

  @Test
  void shouldEndTheStreamOfASessionThatHasEnded() throws Exception {
    security.sessions.put("s1", new Principal("ann", Role.VIEWER));
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/api/v1/events"))
                .header("Cookie", "gear-session=s1")
                .build(),
            BodyHandlers.ofInputStream());
    security.sessions.clear();
    await().until(() -> hub.size() == 1);

    hub.beat();

    assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("retry: 2000");
    assertThat(hub.size()).isZero();
  }

  @Test
  void shouldNotStreamToStrangers() throws Exception {
    assertProblem(send("GET", "/api/v1/events", null, null), 401, "unauthenticated");
    assertProblem(send("POST", "/api/v1/events", "viewer", null), 405, "bad-request");
  }

  private BufferedReader listen(String token) throws Exception {
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/api/v1/events"))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String nextEvent(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (!line.startsWith("event:")) {
      line = lines.readLine();
    }
    return line + " " + lines.readLine() + lines.readLine();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(base).getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Zero bytes that are made as they are read. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(buffer, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
