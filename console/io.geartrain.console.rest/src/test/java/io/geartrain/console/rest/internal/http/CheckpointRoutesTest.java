package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.StartWish;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checkpoints and savepoints: taking, showing, deleting, and starting from one. */
class CheckpointRoutesTest extends ServletFixture {

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
}
