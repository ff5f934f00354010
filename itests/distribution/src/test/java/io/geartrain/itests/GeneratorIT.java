package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.geartrain.itests.apps.generated.Generated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Generated records on a node, by the connector that it comes with. */
class GeneratorIT extends SharedNode {
  private static final int COUNT = 20_000;

  private final Path output = folder.resolve("numbers.txt");

  @Test
  void shouldGoOnFromASavepointWithEachIndexOnce() throws Exception {
    submit("tasks=2", "rate=200", "count=" + COUNT).expect(0);
    String first = TestBundles.awaitState(node, "generated", "RUNNING");
    await(first)
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> node.rest().get("/api/v1/apps/" + first).get("recordsIn").asLong(),
            records -> records >= 100);
    distribution.gear("stop", first, "--savepoint").expect(0);

    Distribution.Result longer = submit("rate=200", "count=30000", "--from", first, "--wait");
    assertThat(longer.status()).isEqualTo(1);
    assertThat(longer.err())
        .contains("numbers", "was one of 20000 records and is now one of 30000 records");

    submit("tasks=3", "rate=100000", "count=" + COUNT, "--from", first, "--wait").expect(0);
    assertThat(Files.readAllLines(output).stream().map(Long::valueOf).sorted().toList())
        .isEqualTo(LongStream.range(0, COUNT).boxed().toList());
  }

  /** Submits with settings, {@code key=value}, and options. */
  private Distribution.Result submit(String... more) throws Exception {
    Path jar = TestBundles.application(folder, "generated", Generated.class);
    List<String> arguments =
        new ArrayList<>(List.of("submit", jar.toString(), "--set", "output=" + output));
    for (String each : more) {
      if (each.contains("=")) {
        arguments.add("--set");
      }
      arguments.add(each);
    }
    return distribution.gear(arguments.toArray(String[]::new));
  }
}
