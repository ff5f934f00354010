package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What is told and done of applications, nodes, bundles and schedulers. */
class ClusterRoutesTest extends ServletFixture {

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
}
