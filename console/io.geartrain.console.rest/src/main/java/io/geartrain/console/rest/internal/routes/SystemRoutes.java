package io.geartrain.console.rest.internal.routes;

import io.geartrain.console.rest.internal.Call;
import io.geartrain.console.rest.internal.Node;
import io.geartrain.console.rest.internal.Reply;
import io.geartrain.console.rest.internal.Route;
import io.geartrain.security.Role;
import io.geartrain.spi.ReadinessCheck;
import io.geartrain.spi.ReadinessCheck.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Health, version and the description of the API. Stateless. */
final class SystemRoutes {
  private static final List<String> NEEDED = List.of("coordination", "master", "worker", "console");

  record Check(String name, boolean ok, String detail) {}

  record Ready(boolean ready, List<Check> checks) {}

  private final Node node;
  private final NodeInfo info;

  SystemRoutes(Node node, NodeInfo info) {
    this.node = node;
    this.info = info;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/health/live", null, call -> Reply.ok(Map.of("live", true))),
        new Route("GET", "/health/ready", null, this::ready),
        new Route("GET", "/version", Role.VIEWER, call -> Reply.ok(info)),
        new Route("GET", "/openapi.yaml", Role.VIEWER, call -> Reply.ok(openApi())));
  }

  private Reply ready(Call call) {
    Map<String, Check> checks = new LinkedHashMap<>();
    NEEDED.forEach(name -> checks.put(name, new Check(name, false, "not started")));
    node.readinessChecks().forEach(part -> checks.put(part.name(), ask(part)));
    boolean ready = checks.values().stream().allMatch(Check::ok);
    return new Reply(ready ? 200 : 503, new Ready(ready, List.copyOf(checks.values())), Map.of());
  }

  private static Check ask(ReadinessCheck part) {
    try {
      Readiness readiness = part.check();
      return new Check(part.name(), readiness.ready(), open(readiness.detail()));
    } catch (RuntimeException e) {
      return new Check(part.name(), false, "its check failed: " + e.getClass().getSimpleName());
    }
  }

  /** Without the query of an address: it may hold a login code, and anybody may ask for health. */
  private static String open(String detail) {
    return detail == null ? null : detail.replaceAll("\\?\\S*", "");
  }

  private static Reply.Text openApi() throws IOException {
    try (InputStream in = SystemRoutes.class.getResourceAsStream("/openapi/openapi.yaml")) {
      return new Reply.Text(
          "application/yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
