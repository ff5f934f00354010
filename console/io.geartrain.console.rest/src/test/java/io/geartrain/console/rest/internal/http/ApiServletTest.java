package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.client.ClusterException;
import io.geartrain.spi.ReadinessCheck;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What holds for every route: methods, problems, and a node that is not ready. */
class ApiServletTest extends ServletFixture {

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
}
