package io.geartrain.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.cli.internal.command.Cli.Result;
import io.geartrain.cli.internal.rest.Json;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingCommandsTest {
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
  void shouldListApplications() {
    node.on("GET /apps", 200, "{\"apps\":[" + Samples.app("RUNNING") + "]}");

    Result result = Cli.of(node).run("apps");

    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .containsExactly(
            "ID               NAME        STATE    BUNDLE                   IN/s         IN  OUT  SUBMITTED",
            "word-count-7f3a  word-count  RUNNING  io.example.words 1.0.0  52.1k  1,234,567   42         1m");
  }

  @Test
  void shouldKeepDataEmptyOfProseWhenThereAreNoApplications() {
    node.on("GET /apps", 200, "{\"apps\":[]}");

    Result result = Cli.of(node).run("apps");

    assertThat(result.out().lines()).hasSize(1);
    assertThat(result.err()).contains("No applications yet");
  }

  @Test
  void shouldPassOnEverythingTheNodeSendsAsJson() {
    node.on("GET /apps/word-count-7f3a", 200, Samples.app("RUNNING"));

    Result result = Cli.of(node).run("app", "word-count-7f3a", "-o", "json");

    assertThat(new Json().parse(result.out())).isEqualTo(new Json().parse(Samples.app("RUNNING")));
    assertThat(result.err()).isEmpty();
  }

  @Test
  void shouldTakeGlobalOptionsBeforeTheCommand() {
    node.on("GET /apps", 200, "{\"apps\":[]}");

    Result result =
        new Cli()
            .env("GEAR_TOKEN", FakeNode.TOKEN)
            .run("-o", "JSON", "--url", node.url() + "/ui", "apps");

    assertThat(result.out()).isEqualToIgnoringWhitespace("{\"apps\":[]}");
  }

  @Test
  void shouldShowAllOfAnApplication() {
    node.on(
        "GET /apps/word-count-7f3a", 200, Samples.app("FAILED", Samples.PLACED, Samples.failure()));

    Result result = Cli.of(node).run("app", "word-count-7f3a");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("word-count  FAILED")
        .contains("setting    input=/data/in.txt")
        .contains("checkpoint 7 at 2026-01-01T00:00:09Z, 4,096 bytes in 12 ms")
        .contains("resumed    from checkpoint 6")
        .contains("restarts   1, the last because: disk gone")
        .contains("audit      1,234,567 records audited, 0 lost, 0 duplicated")
        .contains("stalled    sum/1 holds event time back for 12 s, though those before it go on\n")
        .contains("stalled    sum/1 has not come back for 12 s; it is at App.sum(App.java:7)\n")
        .contains("stalled    2 more tasks\n")
        .contains("Stack of sum/1\n  \tat App.sum(App.java:7)\n  \tat App.run(App.java:3)\n")
        .contains(
            "PROCESSOR  PAR  IN/s  OUT/s    RECORDS  BUSY   BP     P99           LATE    LAG             WATERMARK")
        .contains(
            "lines        2     –  52.1k  1,234,567   30%   0%       –              –  1.5 s  2026-01-02T03:04:05Z")
        .contains(
            "sum          2     0      0          7    1%  71%  207 µs  5 (4 dropped)      –                   end")
        .contains("  lines ×2\n    └─hash→ sum ×2\n")
        .contains("0  ASSIGN    w-1     spread     most free slots")
        .contains("value      häßlich")
        .contains("Split.java:7")
        .contains("hint       mend Split");
  }

  @Test
  void shouldNotTellOfTheLastCheckpointWhatTheNodeDoesNotKnow() {
    String app =
        Samples.app("RUNNING")
            .replace("\"lastAt\":\"2026-01-01T00:00:09Z\",", "\"failed\":2,\"problem\":null,");
    node.on("GET /apps/word-count-7f3a", 200, app);

    assertThat(Cli.of(node).run("app", "word-count-7f3a").out())
        .contains("  checkpoint 7\n", "  given up   2 checkpoints\n");
  }

  @Test
  void shouldNameApplicationsLikeTheUnknownOne() {
    node.problem(
            "GET /apps/word-count", 404, "unknown-application", "no application word-count", "")
        .on("GET /apps", 200, "{\"apps\":[" + Samples.app("RUNNING") + "]}");

    Result result = Cli.of(node).run("app", "word-count");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("error: no application word-count")
        .contains("did you mean word-count-7f3a?");
  }

  @Test
  void shouldListBundlesWithTheirErrors() {
    node.on("GET /bundles", 200, Samples.bundles("BROKEN", "needs package a.b"));

    Result own = Cli.of(node).run("bundles");

    assertThat(own.out())
        .contains(
            "io.example.words  1.0.0    BROKEN  word-count  word-count-7f3a  upload  abcdef012345")
        .contains("! io.example.words: needs package a.b");
    assertThat(node.routes()).containsExactly("GET /bundles");
  }

  @Test
  void shouldListSchedulersAndChooseOne() {
    node.on(
            "GET /schedulers",
            200,
            "{\"default\":\"pack\",\"schedulers\":[{\"name\":\"spread\",\"bundle\":\"s\",\"version\":\"1\","
                + "\"state\":\"FAILED\",\"lastError\":\"it threw\"},{\"name\":\"pack\",\"state\":\"ACTIVE\"}]}")
        .on("PUT /scheduler", 200, "{\"name\":\"pack\"}");

    Result result = Cli.of(node).run("schedulers", "--use", "pack");

    assertThat(result.out()).contains("pack    yes      ACTIVE").contains("! spread: it threw");
    assertThat(result.err()).contains("default scheduler is now pack");
    assertThat(node.asked().get(0).body()).isEqualTo("{\"name\":\"pack\"}");
  }

  @Test
  void shouldNameSchedulersLikeTheUnknownOne() {
    node.on("GET /schedulers", 200, "{\"schedulers\":[{\"name\":\"spread\"},{\"name\":\"pack\"}]}")
        .problem("PUT /scheduler", 404, "unknown-scheduler", "no scheduler sprad", "");

    Result result = Cli.of(node).run("schedulers", "--use", "sprad");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("did you mean spread?");
  }

  @Test
  void shouldListNodes() {
    node.on(
        "GET /nodes",
        200,
        "{\"nodes\":[{\"id\":\"node-1\",\"address\":\"127.0.0.1:8090\",\"roles\":[\"master\",\"worker\"],"
            + "\"leader\":true,\"worker\":{\"slots\":8,\"freeSlots\":6,\"labels\":{}},\"java\":\"17\","
            + "\"pid\":77,\"startedAt\":\"2026-01-01T03:04:05Z\"}]}");

    Result result = Cli.of(node).run("nodes");

    assertThat(result.out())
        .contains("node-1  127.0.0.1:8090  master,worker  yes         6 of 8  17     77  1d");
  }

  @Test
  void shouldPrintAnAddressOfTheConsole() {
    node.on(
        "POST /session:code", 201, "{\"code\":\"kX3\",\"url\":\"http://127.0.0.1:1/ui?code=kX3\"}");

    assertThat(Cli.of(node).run("console").out()).isEqualTo("http://127.0.0.1:1/ui?code=kX3\n");
    assertThat(Cli.of(node).run("console", "-o", "json").out()).contains("\"code\" : \"kX3\"");
  }

  @Test
  void shouldShowVersionsWithAndWithoutANode() {
    node.on(
        "GET /version",
        200,
        "{\"version\":\"0.1.0\",\"java\":\"17\",\"startedAt\":\"2026-01-02T03:00:05Z\"}");

    Result with = Cli.of(node).run("version");
    Result without = new Cli().run("version", "-o", "json");

    assertThat(with.out()).startsWith("gear 0.").contains("node 0.1.0 · Java 17 · up 4m");
    assertThat(without.status()).isZero();
    assertThat(new Json().parse(without.out()).has("node")).isFalse();
  }
}
