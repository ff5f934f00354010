package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.geartrain.itests.apps.stuck.Stuck;
import io.geartrain.itests.apps.watched.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see of an application that runs: over REST, by commands, on the page. */
class WatchingIT extends SharedNode {
  private static final Duration SOON = Duration.ofMinutes(1);

  private static String watched;

  @BeforeAll
  static void submit() throws Exception {
    Path jar = TestBundles.application(folder, "watched", Watched.class);
    distribution
        .gear("submit", jar.toString(), "--set", "gear.checkpoint.interval-ms=500")
        .expect(0);
    watched = TestBundles.awaitState(node, "watched", "RUNNING");
  }

  @Test
  void shouldShowWhatWasAudited() throws Exception {
    JsonNode app = awaitApp(watched, it -> it.at("/audit/audited").asLong() > 100);

    assertThat(app.at("/audit/lost").asLong(-1)).isZero();
    assertThat(app.at("/audit/duplicated").asLong(-1)).isZero();
    assertThat(step(app, "ticks").get("audit").isNull()).isTrue();
    assertThat(step(app, "pass").at("/audit/audited").asLong()).isPositive();
    assertThat(distribution.gear("app", watched).expect(0).out())
        .containsPattern("audit +[1-9][0-9,]* records audited, 0 lost, 0 duplicated");
    assertThat(sample("gear_processor_audited_records_total", "pass")).isPositive();
    assertThat(sample("gear_processor_lost_records_total", "pass")).isZero();
  }

  @Test
  void shouldShowHowManyRecordsWereLate() throws Exception {
    JsonNode app = awaitApp(watched, it -> step(it, "count").get("recordsDropped").asLong() > 1);

    JsonNode count = step(app, "count");
    assertThat(count.get("recordsLate").asLong()).isEqualTo(count.get("recordsDropped").asLong());
    assertThat(step(app, "pass").get("recordsLate").asLong(-1)).isZero();
    assertThat(distribution.gear("app", watched).expect(0).out())
        .containsPattern("count .* [1-9][0-9]* \\([1-9][0-9]* dropped\\)");
    assertThat(sample("gear_processor_late_records_total", "count")).isPositive();
    assertThat(sample("gear_processor_dropped_records_total", "count")).isPositive();
  }

  @Test
  void shouldShowHowLongRecordsTakeFromTaskToTask() throws Exception {
    JsonNode app = awaitApp(watched, it -> step(it, "pass").get("latency").isObject());

    JsonNode latency = step(app, "pass").get("latency");
    assertThat(latency.get("p50Us").asDouble()).isPositive();
    assertThat(latency.get("p99Us").asDouble())
        .isBetween(latency.get("p50Us").asDouble(), latency.get("maxUs").asDouble());
    assertThat(latency.get("maxUs").asDouble()).isLessThan(60_000_000);
    assertThat(step(app, "ticks").get("latency").isNull()).isTrue();
    assertThat(sample("gear_processor_hop_latency_seconds", "pass")).isPositive();
  }

  @Test
  void shouldShowWhereItIsInEventTime() throws Exception {
    JsonNode app = awaitApp(watched, it -> it.at("/clock/watermark").asLong() > 0);

    assertThat(app.at("/clock/newest").asLong()).isPositive();
    assertThat(app.at("/clock/lagMs").asLong(-1)).isBetween(0L, 60_000L);
    assertThat(app.at("/clock/stalled").isNull()).isTrue();
    assertThat(step(app, "pass").get("lagMs").asLong(-1)).isBetween(0L, 60_000L);
    assertThat(distribution.gear("app", watched).expect(0).out())
        .containsPattern(
            "event time 20[0-9T:.-]+Z, .* behind the newest; the last is [a-z]+/[0-9]");
    assertThat(sample("gear_processor_lag_seconds", "pass")).isNotNegative();
  }

  @Test
  void shouldNameTheTaskThatHoldsEventTimeBack() throws Exception {
    Path until = folder.resolve("until");
    String id = submitStuck(until);
    try {
      JsonNode app = awaitApp(id, it -> it.at("/clock/stalled").asText().equals("before/0"));

      assertThat(app.at("/clock/heldBy").asText()).isEqualTo("before/0");
      assertThat(app.at("/clock/stalledSince").asText()).startsWith("20");
      assertThat(app.at("/clock/lagMs").asLong()).isPositive();
      assertThat(app.get("state").asText()).isEqualTo("RUNNING");
      assertThat(distribution.gear("app", id).expect(0).out())
          .containsPattern("stalled +before/0 holds event time back for ");

      Files.createFile(until);
      awaitApp(id, it -> it.at("/clock/stalled").isNull());
      awaitApp(id, it -> it.at("/stalls/tasks").asInt(-1) == 0);
    } finally {
      distribution.gear("cancel", id, "--yes").expect(0);
    }
  }

  @Test
  void shouldNameTheTaskThatLoopsAndWhere() throws Exception {
    Path until = folder.resolve("released");
    String id = submitStuck(until);
    try {
      JsonNode app = awaitApp(id, it -> it.at("/stalls/tasks").asInt() == 1);

      JsonNode stall = app.at("/stalls/longest/0");
      assertThat(stall.get("task").asText()).isEqualTo("before/0");
      assertThat(stall.get("place").asText()).contains("Stuck$Looping.process(Stuck.java:");
      assertThat(stall.get("stackTrace").asText()).contains("Stuck$Looping.process(Stuck.java:");
      assertThat(distribution.gear("app", id).expect(0).out())
          .containsPattern("stalled +before/0 has not come back for .*Stuck\\$Looping\\.process")
          .contains("Stack of before/0");
      assertThat(sample("gear_application_stalled_tasks\\{[^}]*id=\"" + id + "\"}")).isEqualTo(1);
      if (Browser.isInstalled()) {
        awaitOnPage(id, "Task before/0 does not come back; it is at ");
      }
    } finally {
      Files.createFile(until);
      distribution.gear("cancel", id, "--yes").expect(0);
    }
  }

  private static void awaitOnPage(String id, String text) throws Exception {
    try (Browser browser = Browser.start(folder)) {
      browser.open(distribution.loginUrl());
      browser.awaitText("Applications");
      browser.open("http://127.0.0.1:" + distribution.port() + "/ui/#/apps/" + id);
      browser.awaitText(text);
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static String submitStuck(Path until) throws Exception {
    Path jar = TestBundles.application(folder, "stuck", Stuck.class);
    String name = "stuck-" + until.getFileName();
    distribution
        .gear("submit", jar.toString(), "--name", name, "--set", "until=" + until)
        .expect(0);
    return TestBundles.awaitState(node, name, "RUNNING");
  }

  @Test
  void shouldShowHowItsCheckpointsStand() throws Exception {
    JsonNode app = awaitApp(watched, it -> it.at("/checkpoints/completed").asLong() > 1);

    assertThat(distribution.gear("app", watched).expect(0).out())
        .containsPattern("checkpoint +[0-9]+ at 20[0-9T:.-]+Z, [1-9][0-9,]* bytes in [0-9]+ ms");
    String of = "\\{[^}]*id=\"" + watched + "\"}";
    assertThat(sample("gear_application_last_checkpoint_number" + of))
        .isGreaterThanOrEqualTo(app.at("/checkpoints/last").asDouble());
    assertThat(sample("gear_application_last_checkpoint_duration_seconds" + of)).isPositive();
    assertThat(sample("gear_application_last_checkpoint_bytes" + of)).isPositive();
    assertThat(sample("gear_application_checkpoints_completed_total" + of)).isGreaterThan(1);
    assertThat(sample("gear_application_restarts_total" + of)).isZero();
  }

  @Test
  void shouldShowItOnThePage() throws Exception {
    assumeTrue(Browser.isInstalled(), "chromium is not installed; .ci/run installs it");
    try (Browser browser = Browser.start(folder)) {
      browser.open(distribution.loginUrl());
      browser.awaitText("Applications");
      browser.open("http://127.0.0.1:" + distribution.port() + "/ui/#/apps/" + watched);

      browser.awaitText("records audited, 0 lost, 0 duplicated");
      browser.awaitText(" dropped)");
      browser.awaitText("Behind the newest");
      browser.awaitText("Last checkpoint");
      browser.awaitText(" bytes in ");
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static JsonNode awaitApp(String id, Predicate<JsonNode> condition) {
    JsonNode[] app = new JsonNode[1];
    await(id + " to be as expected")
        .atMost(SOON)
        .until(() -> condition.test(app[0] = node.rest().get("/api/v1/apps/" + id)));
    return app[0];
  }

  private static JsonNode step(JsonNode app, String id) {
    for (JsonNode step : app.get("processors")) {
      if (step.get("id").asText().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("no step " + id + " in " + app);
  }

  /** What Prometheus is told of a step of the application. */
  private static double sample(String name, String step) throws IOException {
    return sample("%s\\{[^}]*id=\"%s\"[^}]*processor=\"%s\"[^}]*}".formatted(name, watched, step));
  }

  private static double sample(String series) throws IOException {
    String all = node.rest().send(node.rest().request("/metrics").GET()).body();
    Matcher line = Pattern.compile("^" + series + " (\\S+)$", Pattern.MULTILINE).matcher(all);
    assertThat(line.find()).as(series + " in\n" + all).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
