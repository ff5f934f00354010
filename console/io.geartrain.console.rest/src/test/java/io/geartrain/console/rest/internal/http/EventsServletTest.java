package io.geartrain.console.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.geartrain.security.Principal;
import io.geartrain.security.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The stream of changes, to those who read and those who do not. */
class EventsServletTest extends ServletFixture {

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
}
