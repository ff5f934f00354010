package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.geartrain.console.rest.internal.FakeCluster;
import io.geartrain.console.rest.internal.FakeNode;
import io.geartrain.console.rest.internal.FakeSecurity;
import io.geartrain.console.rest.internal.HashingStore;
import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.events.EventHub;
import io.geartrain.console.rest.internal.routes.NodeInfo;
import io.geartrain.console.rest.internal.routes.Routes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The servlets on a real HTTP server, over a fake cluster. */
@Timeout(60)
abstract class ServletFixture {

  final FakeSecurity security = new FakeSecurity();
  final FakeNode node = new FakeNode();
  final FakeCluster cluster = new FakeCluster();
  final HashingStore store = new HashingStore();
  final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final ExecutorService wakes = Executors.newSingleThreadExecutor();
  volatile String padding = "";
  final EventHub hub =
      new EventHub(
          () ->
              Map.of(
                  "cluster",
                  ("{\"n\":" + cluster.records + padding + "}").getBytes(StandardCharsets.UTF_8)),
          2);

  private Server server;
  String base;

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

  HttpRequest.Builder request(String method, String path, String token, String body) {
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

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String token, String body)
      throws Exception {
    return send(request(method, path, token, body));
  }

  JsonNode json(HttpResponse<String> response) throws IOException {
    return mapper.readTree(response.body());
  }

  void assertProblem(HttpResponse<String> response, int status, String code) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(json(response).get("code").asText()).isEqualTo(code);
    assertThat(json(response).get("status").asInt()).isEqualTo(status);
    assertThat(json(response).has("type")).isTrue();
    assertThat(json(response).has("title")).isTrue();
    assertThat(json(response).get("detail").asText()).isNotBlank();
  }
}
