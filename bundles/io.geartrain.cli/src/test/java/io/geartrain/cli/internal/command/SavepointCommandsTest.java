package io.geartrain.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.cli.internal.command.Cli.Result;
import io.geartrain.cli.internal.rest.Json;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SavepointCommandsTest {
  private static final String APP = "/apps/word-count-7f3a";
  private static final String ONE = "GET " + APP + "/savepoints/12";

  private FakeNode node;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldTakeASavepoint() {
    node.on("POST " + APP + "/savepoints", 202, savepoint("IN_PROGRESS", null));

    Result result = Cli.of(node).run("savepoint", "word-count-7f3a", "--label", "before");

    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("word-count-7f3a/12  IN_PROGRESS  before\n");
    assertThat(node.asked().get(0).body()).isEqualTo("{\"label\":\"before\"}");
    assertThat(node.routes()).containsExactly("POST " + APP + "/savepoints");
  }

  @Test
  void shouldWaitUntilItStands() {
    node.on("POST " + APP + "/savepoints", 202, savepoint("IN_PROGRESS", null))
        .on(ONE, 200, savepoint("IN_PROGRESS", null))
        .on(ONE, 200, savepoint("STANDING", null));

    Result result = Cli.of(node).run("savepoint", "word-count-7f3a", "--wait");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo("word-count-7f3a/12  STANDING  4,096 bytes in 15 ms  before\n");
    assertThat(result.err()).contains("Savepoint word-count-7f3a/12 is being made");
  }

  @Test
  void shouldTellWhyItFailed() {
    node.on("POST " + APP + "/savepoints", 202, savepoint("IN_PROGRESS", null))
        .on(ONE, 200, savepoint("FAILED", "task count/0: disk full"));

    Result result = Cli.of(node).run("savepoint", "word-count-7f3a", "--wait");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("savepoint word-count-7f3a/12 could not be made")
        .contains("task count/0: disk full")
        .contains("the application runs on");
  }

  @Test
  void shouldNotWaitLongerThanAllowed() {
    node.on("POST " + APP + "/savepoints", 202, savepoint("IN_PROGRESS", null))
        .on(ONE, 200, savepoint("IN_PROGRESS", null));

    Result result = Cli.of(node).run("savepoint", "word-count-7f3a", "--wait", "--timeout", "1s");

    assertThat(result.status()).isEqualTo(6);
    assertThat(result.err()).contains("is not there yet").contains("gear savepoints");
  }

  @Test
  void shouldEndAnApplicationWithASavepoint() {
    node.on("POST " + APP + ":stop", 202, savepoint("IN_PROGRESS", null))
        .on(ONE, 200, savepoint("STANDING", null))
        .on("GET " + APP, 200, Samples.app("RUNNING"))
        .on("GET " + APP, 200, Samples.app("CANCELLED"));

    Result result = Cli.of(node).run("stop", "word-count-7f3a", "--savepoint");

    assertThat(result.status()).isZero();
    assertThat(result.out().lines())
        .containsExactly(
            "word-count-7f3a  CANCELLED",
            "word-count-7f3a/12  STANDING  4,096 bytes in 15 ms  before");
  }

  @Test
  void shouldTellThatTheApplicationRunsOn() {
    node.on("POST " + APP + ":stop", 202, savepoint("IN_PROGRESS", null))
        .on(ONE, 200, savepoint("FAILED", "no part of out/0 within 60 s"));

    Result result = Cli.of(node).run("stop", "word-count-7f3a", "--savepoint");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("no part of out/0").contains("the application runs on");
    assertThat(node.routes()).doesNotContain("GET " + APP);
  }

  @Test
  void shouldNotEndAnythingWithoutBeingToldHow() {
    Result result = Cli.of(node).run("stop", "word-count-7f3a");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--savepoint").contains("gear cancel");
    assertThat(node.routes()).isEmpty();
  }

  @Test
  void shouldSubmitFromASavepoint() {
    node.on("POST /apps", 201, Samples.app("SUBMITTED"))
        .on("GET " + APP, 200, Samples.app("RUNNING", Samples.PLACED, "null"));

    Result result =
        Cli.of(node)
            .run(
                "submit",
                "io.example.words",
                "--from",
                "word-count-1111/12",
                "--drop-state",
                "a",
                "--drop-state",
                "b");

    assertThat(result.status()).isZero();
    assertThat(new Json().parse(node.asked().get(0).body()))
        .isEqualTo(
            new Json()
                .parse(
                    "{\"bundle\":\"io.example.words\",\"settings\":{},"
                        + "\"from\":\"word-count-1111/12\",\"dropState\":[\"a\",\"b\"]}"));
    assertThat(Cli.of(node).run("submit", "io.example.words", "--drop-state", "a").status())
        .isEqualTo(2);
  }

  @Test
  void shouldTellWhatMayBeStartedFrom() {
    node.problem("POST /apps", 404, "unknown-application", "There is no application", "look")
        .on("GET /bundles", 200, Samples.bundles("ACTIVE", null))
        .on("GET /apps", 200, "{\"apps\":[" + Samples.app("CANCELLED") + "]}");

    Result result = Cli.of(node).run("submit", "io.example.words", "--from", "word-count-7f3b/12");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("did you mean word-count-7f3a");
  }

  @Test
  void shouldListSavepoints() {
    String list =
        "{\"savepoints\":["
            + savepoint("STANDING", null)
            + ","
            + savepoint("FAILED", "disk full")
            + "]}";
    node.on("GET /savepoints", 200, list).on("GET " + APP + "/savepoints", 200, list);

    Result all = Cli.of(node).run("savepoints");
    Result one = Cli.of(node).run("savepoints", "word-count-7f3a", "-o", "json");

    assertThat(all.out().lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("SAVEPOINT") && line.contains("LABEL"))
        .anyMatch(line -> line.startsWith("word-count-7f3a/12") && line.contains("4,096"))
        .contains("! word-count-7f3a/12: disk full");
    assertThat(new Json().parse(one.out()).path("savepoints")).hasSize(2);
  }

  @Test
  void shouldDeleteASavepointOnceConfirmed() {
    node.on("DELETE " + APP + "/savepoints/12", 204, "");

    Result unsure = Cli.of(node).run("savepoints", "--delete", "word-count-7f3a/12");
    Result sure = Cli.of(node).run("savepoints", "--delete", "word-count-7f3a/12", "--yes");

    assertThat(unsure.status()).isEqualTo(2);
    assertThat(unsure.err()).contains("add --yes");
    assertThat(sure.status()).isZero();
    assertThat(sure.out()).isEqualTo("word-count-7f3a/12  deleted\n");
    assertThat(node.routes()).containsExactly("DELETE " + APP + "/savepoints/12");
    assertThat(Cli.of(node).run("savepoints", "--delete", "word-count-7f3a").status()).isEqualTo(2);
  }

  @Test
  void shouldTellThatASavepointIsInUse() {
    node.problem(
        "DELETE " + APP + "/savepoints/12", 409, "savepoint-in-use", "b-1234 needs it", "wait");

    Result result = Cli.of(node).run("savepoints", "--delete", "word-count-7f3a/12", "-y");

    assertThat(result.status()).isEqualTo(7);
    assertThat(result.err()).contains("b-1234 needs it");
  }

  private static String savepoint(String state, String problem) {
    return "{\"application\":\"word-count-7f3a\",\"number\":12,\"kind\":\"SAVEPOINT\",\"state\":\""
        + state
        + "\",\"at\":\"2026-01-02T03:03:05Z\",\"durationMs\":15,\"bytes\":4096,"
        + "\"fingerprint\":\"f00d\",\"label\":\"before\",\"principal\":\"cli\",\"problem\":"
        + (problem == null ? "null" : "\"" + problem + "\"")
        + "}";
  }
}
