package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.geartrain.itests.apps.tally.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State outlives the node, the application, its parallelism and the version of its bundle. */
class SavepointIT {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;

  private Distribution distribution;
  private Node node;
  private Path gate;
  private Path output;

  @BeforeEach
  void startNode() throws IOException {
    distribution = Distribution.unpack(folder, Jdk.current());
    node = distribution.start();
    gate = folder.resolve("gate");
    output = folder.resolve("counts.txt");
  }

  @AfterEach
  void stopNode() throws Exception {
    node.close();
  }

  @Test
  void shouldGoOnInANewVersionWithOtherTasksAfterRestarts() throws Exception {
    String first = submit("1.0.0", "tasks=2");
    awaitRecords(first, 500);
    String taken =
        distribution.gear("savepoint", first, "--label", "early", "--wait").expect(0).out();
    assertThat(taken).contains(first + "/", "STANDING", "early");

    node.kill();
    node = distribution.start();
    awaitApp(first, app -> app.get("state").asText().equals("RUNNING"));
    awaitRecords(first, 500);
    String stopped =
        distribution.gear("stop", first, "--savepoint", "--label", "late").expect(0).out();
    assertThat(stopped).contains("CANCELLED", "late");
    node.terminate();
    node = distribution.start();

    assertThat(distribution.gear("savepoints", first).expect(0).out())
        .contains("early", "late", "STANDING");
    Files.createFile(gate);
    String second =
        wait(submitted(submission("2.0.0", "tasks=3", "--from", first + "/late", "--wait")));
    assertThat(app(second).get("from").asText()).startsWith(first + "/");
    assertThat(revisionsOf(assertCountedOnce())).containsExactly("1.0.0", "2.0.0");

    Files.delete(output);
    submission("3.0.0", "tasks=1", "--from", first + "/early", "--wait").expect(0);
    assertThat(revisionsOf(assertCountedOnce())).containsExactly("1.0.0", "3.0.0");
  }

  @Test
  void shouldShowInPartsWhatCameBeforeAStopAndGoOnFromThere() throws Exception {
    Files.createDirectory(output);
    String first = submitted(submission("1.0.0", "tasks=2", "--set", "parts=yes"));
    await("lines of an application that runs").atMost(SOON).until(() -> !written().isEmpty());
    node.kill();
    node = distribution.start();
    awaitApp(first, app -> app.get("state").asText().equals("RUNNING"));
    awaitRecords(first, 500);

    distribution.gear("stop", first, "--savepoint").expect(0);
    List<String> before = written();
    assertThat(before).isNotEmpty().allMatch(line -> line.startsWith("1.0.0 "));
    Files.createFile(gate);
    submission("2.0.0", "tasks=3", "--set", "parts=yes", "--from", first, "--wait").expect(0);

    assertThat(revisionsOf(assertCountedOnce())).containsExactly("1.0.0", "2.0.0");
    assertThat(written())
        .filteredOn(line -> line.startsWith("1.0.0 "))
        .containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void shouldSayWhyItCanNotStartFromAState() throws Exception {
    String first = submit("1.0.0", "tasks=2");
    awaitRecords(first, 500);
    distribution.gear("stop", first, "--savepoint").expect(0);

    Distribution.Result unknown = submission("1.0.0", "tasks=2", "--from", first + "/nonsense");
    assertThat(unknown.status()).isNotZero();
    assertThat(unknown.err()).contains("nonsense", "There are: ");

    Distribution.Result renamed =
        submission("1.0.0", "tasks=2", "--set", "count-id=counted", "--from", first, "--wait");
    assertThat(renamed.status()).isEqualTo(1);
    assertThat(renamed.err()).contains("'count'", "--drop-state count", "--allow-dropped-state");

    Files.createFile(gate);
    submission(
            "1.0.0",
            "tasks=2",
            "--set",
            "count-id=counted",
            "--from",
            first,
            "--drop-state",
            "count",
            "--wait")
        .expect(0);
    assertThat(Files.readAllLines(output)).hasSize(Tally.SPLITS * Tally.NUMBERS);
  }

  @Test
  void shouldNotStartFromADamagedSavepoint() throws Exception {
    String first = submit("1.0.0", "tasks=2");
    awaitRecords(first, 500);
    distribution.gear("stop", first, "--savepoint").expect(0);
    damage(distribution.data().resolve("checkpoints").resolve(first));

    Distribution.Result refused = submission("1.0.0", "tasks=2", "--from", first, "--wait");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("savepoint " + first + "/", "damaged", "gear savepoints");
  }

  @Test
  void shouldNameTheChoicesWhereTheLastCheckpointIsDamaged() throws Exception {
    String first = submit("1.0.0", "tasks=2");
    awaitRecords(first, 500);
    distribution.gear("savepoint", first, "--label", "early", "--wait").expect(0);
    long early = savepoints(first).get(0).get("number").asLong();
    awaitApp(first, app -> app.at("/checkpoints/last").asLong() > early);
    node.kill();
    Path checkpoints = distribution.data().resolve("checkpoints").resolve(first);
    damageAllAfter(early, checkpoints);
    node = distribution.start();

    awaitApp(first, app -> app.get("state").asText().equals("FAILED"));
    assertThat(app(first).at("/failure/code").asText()).isEqualTo("checkpoint-damaged");
    assertThat(app(first).at("/failure/hint").asText())
        .contains(
            "bring its files back, then: gear submit tally --from " + first + ";",
            "from an older one (" + early,
            "gear submit tally --from " + first + "/NUMBER;",
            "begin from the start, all output comes again: gear submit tally;");
    Files.createFile(gate);
    submission("1.0.0", "tasks=2", "--from", first + "/" + early, "--wait").expect(0);
    assertCountedOnce();

    Files.delete(output);
    damageAllAfter(early, checkpoints);
    submission("1.0.0", "tasks=2", "--from", first, "--wait").expect(0);
    assertCountedOnce();
  }

  @Test
  void shouldTakeStopWithAndDeleteSavepointsByThePage() throws Exception {
    assumeTrue(Browser.isInstalled(), "chromium is not installed; .ci/run installs it");
    String id = submit("1.0.0", "tasks=2");
    awaitRecords(id, 500);
    try (Browser browser = Browser.start(folder)) {
      browser.open(distribution.loginUrl());
      browser.awaitText("Applications");
      browser.open("http://127.0.0.1:" + distribution.port() + "/ui/#/apps/" + id);

      browser.press("Take a savepoint");
      browser.awaitText("--from " + id + "/NUMBER");
      browser.awaitText("STANDING");
      long taken = savepoints(id).get(0).get("number").asLong();
      browser.press("Stop with a savepoint");
      browser.press("Stop the application");
      browser.awaitText("CANCELLED");
      browser.press("Delete savepoint " + taken);
      browser.press("Delete the savepoint");

      await("the other one is left")
          .atMost(SOON)
          .until(
              () -> savepoints(id),
              left -> left.size() == 1 && left.get(0).get("number").asLong() != taken);
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void shouldDeleteASavepointWithItsFiles() throws Exception {
    String first = submit("1.0.0", "tasks=2");
    awaitRecords(first, 500);
    distribution.gear("savepoint", first, "--label", "gone", "--wait").expect(0);
    distribution.gear("stop", first, "--savepoint", "--label", "kept").expect(0);
    JsonNode gone = null;
    for (JsonNode each : savepoints(first)) {
      gone = each.get("label").asText().equals("gone") ? each : gone;
    }

    String name = first + "/" + gone.get("number").asLong();
    distribution.gear("savepoints", "--delete", name, "--yes").expect(0);

    assertThat(distribution.gear("savepoints", first).expect(0).out())
        .contains("kept")
        .doesNotContain("gone");
    assertThat(submission("1.0.0", "tasks=2", "--from", first + "/gone").status()).isNotZero();
  }

  private String submit(String version, String tasks) throws Exception {
    String id = submitted(submission(version, tasks));
    awaitApp(id, app -> app.get("state").asText().equals("RUNNING"));
    return id;
  }

  private Distribution.Result submission(String version, String tasks, String... more)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "submit",
                TestBundles.tally(folder, version).toString(),
                "--set",
                tasks,
                "--set",
                "gate=" + gate,
                "--set",
                "output=" + output,
                "--set",
                "gear.checkpoint.interval-ms=500"));
    arguments.addAll(List.of(more));
    return distribution.gear(arguments.toArray(String[]::new));
  }

  private static String submitted(Distribution.Result result) {
    return result.expect(0).out().replaceAll("(?s).*id=(\\S+).*", "$1");
  }

  private String wait(String id) {
    awaitApp(id, app -> app.get("state").asText().equals("COMPLETED"));
    return id;
  }

  private void awaitRecords(String id, long more) {
    long before = records(app(id));
    awaitApp(id, app -> records(app) >= before + more);
  }

  private static long records(JsonNode app) {
    return app.get("recordsIn").asLong();
  }

  private JsonNode app(String id) {
    try {
      return node.rest().get("/api/v1/apps/" + id);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitApp(String id, java.util.function.Predicate<JsonNode> condition) {
    await(id).atMost(SOON).until(() -> app(id), condition::test);
  }

  private JsonNode savepoints(String id) throws IOException {
    return node.rest().get("/api/v1/apps/" + id + "/savepoints").get("savepoints");
  }

  /** Every count of every key is there once; which revisions have written them, by key. */
  private Map<String, List<String>> assertCountedOnce() throws IOException {
    Map<String, List<Long>> counts = new TreeMap<>();
    Map<String, List<String>> revisions = new TreeMap<>();
    for (String line : written()) {
      String[] parts = line.split(" ");
      counts.computeIfAbsent(parts[1], key -> new ArrayList<>()).add(Long.parseLong(parts[2]));
      revisions.computeIfAbsent(parts[1], key -> new ArrayList<>()).add(parts[0]);
    }
    assertThat(counts).hasSize(Tally.KEYS);
    long each = (long) Tally.SPLITS * Tally.NUMBERS / Tally.KEYS;
    assertThat(counts.values())
        .allSatisfy(
            ofKey ->
                assertThat(ofKey)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, each).boxed().toList()));
    return revisions;
  }

  /** The lines of the output; those of parts in the order of their checkpoints. */
  private List<String> written() throws IOException {
    if (!Files.isDirectory(output)) {
      return Files.readAllLines(output);
    }
    Map<String, List<String>> byCheckpoint = new TreeMap<>();
    try (var files = Files.newDirectoryStream(output, "part-*")) {
      for (Path file : files) {
        byCheckpoint
            .computeIfAbsent(
                file.getFileName().toString().replaceFirst("part-\\d+-of-\\d+-", ""),
                checkpoint -> new ArrayList<>())
            .addAll(Files.readAllLines(file));
      }
    }
    return byCheckpoint.values().stream().flatMap(List::stream).toList();
  }

  private static List<String> revisionsOf(Map<String, List<String>> byKey) {
    return byKey.values().stream().flatMap(List::stream).distinct().sorted().toList();
  }

  private static void damageAllAfter(long number, Path checkpoints) throws IOException {
    try (var folders = Files.list(checkpoints)) {
      for (Path folder : folders.filter(SavepointIT::isFinished).toList()) {
        if (Long.parseLong(folder.getFileName().toString().replaceAll("-.*", "")) > number) {
          damage(folder);
        }
      }
    }
  }

  /** Done twice, all is as it was. */
  private static void damage(Path checkpoints) throws IOException {
    try (var files = Files.walk(checkpoints)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(SavepointIT::isFinished).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
  }

  private static boolean isFinished(Path file) {
    return !file.getFileName().toString().startsWith(".");
  }
}
