package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.geartrain.itests.apps.endless.Endless;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The console page in a real browser, and the events that it lives on. */
class ConsoleIT extends SharedNode {
  @Test
  void shouldShowApplicationsAndBundlesInABrowser() throws Exception {
    assumeTrue(Browser.isInstalled(), "chromium is not installed; .ci/run installs it");
    Path jar = TestBundles.application(folder, "endless", Endless.class);
    try (Browser browser = Browser.start(folder)) {
      browser.open(distribution.loginUrl());
      browser.awaitText("Applications");

      Path broken = distribution.deployFolder().resolve("broken.jar");
      Files.writeString(broken, "I am no jar");
      distribution.gear("submit", jar.toString(), "--name", "seen-by-browser").expect(0);
      String id = TestBundles.awaitState(node, "seen-by-browser", "RUNNING");

      browser.awaitText("seen-by-browser");
      browser.awaitText("broken.jar");
      browser.open("http://127.0.0.1:" + distribution.port() + "/ui/#/apps/" + id);
      browser.awaitText("nowhere");
      assertThat(browser.errors()).isEmpty();
      Files.delete(broken);
      distribution.gear("cancel", id, "--yes").expect(0);
      browser.awaitText("CANCELLED");
    }
  }

  @Test
  void shouldTellChangesAsTheyHappen() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + distribution.port() + "/api/v1/events"))
            .header("Authorization", "Bearer " + distribution.token())
            .build();
    HttpResponse<java.io.InputStream> events =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    assertThat(events.statusCode()).isEqualTo(200);
    assertThat(events.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    var executor = Executors.newSingleThreadExecutor();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      Future<String> told = executor.submit(() -> lineWith(lines, "told-by-event"));
      Path jar = TestBundles.application(folder, "endless", Endless.class);

      distribution.gear("submit", jar.toString(), "--name", "told-by-event").expect(0);

      assertThat(await(told)).startsWith("data:");
      distribution
          .gear("cancel", TestBundles.awaitState(node, "told-by-event", "RUNNING"), "--yes")
          .expect(0);
    } finally {
      executor.shutdownNow();
    }
  }

  private static String await(Future<String> told)
      throws InterruptedException, ExecutionException, TimeoutException {
    return told.get(1, TimeUnit.MINUTES);
  }

  private static String lineWith(BufferedReader lines, String text) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(text)) {
        return line;
      }
    }
    throw new IOException("the events ended without " + text);
  }
}
