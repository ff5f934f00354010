package io.geartrain.itests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.geartrain.itests.apps.numbers.Numbers;
import io.geartrain.itests.apps.revised.Revised;
import io.geartrain.itests.apps.tally.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The bundles of the tests. */
final class TestBundles {
  private TestBundles() {}

  /** A bundle with one application of the tests, version 1.0.0. */
  static Path application(Path folder, String name, Class<?> application) throws IOException {
    return TestBundle.named(name, "1.0.0")
        .with(application, Numbers.class)
        .write(folder.resolve("jars").resolve(name + ".jar"));
  }

  /** The application which writes the revision of its bundle. */
  static Path revised(Path folder, String version, String revision) throws IOException {
    return TestBundle.named("revised", version)
        .with(Revised.class, Numbers.class)
        .header("-includeresource", "revision.txt;literal='" + revision + "'")
        .write(folder.resolve("jars").resolve("revised-" + version + "-" + revision + ".jar"));
  }

  /** The application that counts, as a bundle of this version; the version is its revision. */
  static Path tally(Path folder, String version) throws IOException {
    return TestBundle.named("tally", version)
        .with(Tally.class)
        .header("-includeresource", "revision.txt;literal='" + version + "'")
        .write(folder.resolve("jars").resolve("tally-" + version + ".jar"));
  }

  /** Waits until an application of this name is in a state; its id. */
  static String awaitState(Node node, String name, String state) {
    String[] id = new String[1];
    await(name + " " + state)
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              for (JsonNode app : node.rest().get("/api/v1/apps").get("apps")) {
                if (app.get("name").asText().equals(name)
                    && app.get("state").asText().equals(state)) {
                  id[0] = app.get("id").asText();
                  return true;
                }
              }
              return false;
            });
    return id[0];
  }
}
