package io.geartrain.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.cli.internal.command.Cli.Result;
import io.geartrain.cli.internal.command.FakeNode.Answer;
import io.geartrain.cli.internal.rest.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangingCommandsTest {
  private static final String APP = "GET /apps/word-count-7f3a";

  @TempDir Path folder;

  private FakeNode node;
  private Path jar;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
    jar = Files.writeString(folder.resolve("wörd count.jar"), "not really a jar");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldUploadAndSubmit() {
    node.on("POST /bundles", 201, Samples.bundle("PENDING", null))
        .on("POST /apps", 201, Samples.app("SUBMITTED"))
        .on(APP, 200, Samples.app("SUBMITTED"))
        .on(APP, 200, Samples.app("DEPLOYING", Samples.PLACED, "null"));

    Result result =
        Cli.of(node)
            .run(
                "submit",
                jar.toString(),
                "--set",
                "input=a=b",
                "--set",
                "output=",
                "--name",
                "n",
                "--scheduler",
                "pack");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "word-count DEPLOYING  id=word-count-7f3a  console: "
                + node.url()
                + "/ui/#/apps/word-count-7f3a\n");
    assertThat(result.err())
        .isEqualTo(
            "Uploading  wörd count.jar  16 B\n"
                + "Placing    ✔ 4 tasks on 1 worker (scheduler: spread)\n");
    assertThat(node.asked().get(0).fileName()).isEqualTo("w%C3%B6rd%20count.jar");
    assertThat(node.asked().get(0).contentType()).isEqualTo("application/java-archive");
    assertThat(node.asked().get(0).body()).isEqualTo("not really a jar");
    assertThat(new Json().parse(node.asked().get(1).body()))
        .isEqualTo(
            new Json()
                .parse(
                    "{\"bundle\":\"abcdef0123456789\",\"name\":\"n\",\"scheduler\":\"pack\","
                        + "\"settings\":{\"input\":\"a=b\",\"output\":\"\"}}"));
  }

  @Test
  void shouldSubmitADeployedBundleAndWait() {
    node.on("POST /apps", 201, Samples.app("SUBMITTED"))
        .on(APP, 200, Samples.app("RUNNING", Samples.PLACED, "null"))
        .on(APP, 200, Samples.app("COMPLETED", Samples.PLACED, "null"));

    Result result = Cli.of(node).run("submit", "io.example.words", "--wait");

    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("word-count COMPLETED  id=word-count-7f3a  in=1,234,567");
    assertThat(result.err().lines())
        .containsExactly(
            "Placing    ✔ 4 tasks on 1 worker (scheduler: spread)",
            "word-count RUNNING  id=word-count-7f3a  console: "
                + node.url()
                + "/ui/#/apps/word-count-7f3a",
            "word-count COMPLETED  id=word-count-7f3a");
    assertThat(node.routes()).doesNotContain("POST /bundles");
  }

  @Test
  void shouldTellWhyAnApplicationFailed() {
    node.on("POST /apps", 201, Samples.app("SUBMITTED"))
        .on(APP, 200, Samples.app("FAILED", "[]", Samples.failure()));

    Result result = Cli.of(node).run("submit", "io.example.words", "--wait", "-o", "json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(new Json().parse(result.out()).path("state").asText()).isEqualTo("FAILED");
    assertThat(result.err())
        .contains("error: application word-count-7f3a FAILED")
        .contains("processor split")
        .contains("task 1")
        .contains("value häßlich")
        .contains("timestamp 1767323045000")
        .contains("cause java.lang.IllegalStateException: boom")
        .contains("next: mend Split")
        .contains("gear app word-count-7f3a");
  }

  @Test
  void shouldFailWhenTheApplicationIsCancelled() {
    node.on("POST /apps", 201, Samples.app("SUBMITTED")).on(APP, 200, Samples.app("CANCELLED"));

    Result result = Cli.of(node).run("submit", "io.example.words", "--wait");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("word-count-7f3a CANCELLED");
  }

  @Test
  void shouldTimeOutAndLetTheApplicationGoOn() {
    node.on("POST /apps", 201, Samples.app("SUBMITTED")).on(APP, 200, Samples.app("RUNNING"));

    Result result = Cli.of(node).run("submit", "io.example.words", "--wait", "--timeout", "1500ms");

    assertThat(result.status()).isEqualTo(6);
    assertThat(result.err()).contains("within 1.5 s").contains("RUNNING and goes on");
    assertThat(node.routes()).doesNotContain("POST /apps/word-count-7f3a:cancel");
  }

  @Test
  void shouldPointToTheBundleThatHoldsTheApplication() {
    node.problem("POST /apps", 404, "unknown-bundle", "no bundle word-count", "")
        .on("GET /bundles", 200, Samples.bundles("ACTIVE", null));

    Result result = Cli.of(node).run("submit", "word-count");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("did you mean io.example.words?");
  }

  @Test
  void shouldNameTheSchedulersThereAre() {
    node.problem("POST /apps", 422, "unknown-scheduler", "no scheduler none-such", "")
        .on("GET /schedulers", 200, "{\"schedulers\":[{\"name\":\"spread\"},{\"name\":\"pack\"}]}");

    Result result = Cli.of(node).run("submit", "io.example.words", "--scheduler", "none-such");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("no scheduler none-such").contains("spread or pack");
  }

  @Test
  void shouldTellOfAConflict() {
    node.problem(
        "POST /bundles", 409, "bundle-conflict", "1.0.0 has other bytes", "raise the version");

    Result result = Cli.of(node).run("submit", jar.toString());

    assertThat(result.status()).isEqualTo(7);
    assertThat(result.err()).contains("1.0.0 has other bytes").contains("raise the version");
    assertThat(node.routes()).containsExactly("POST /bundles");
  }

  @Test
  void shouldTellThatAnUploadNeedsAToken() {
    Result result = Cli.of(node).env("GEAR_TOKEN", "wrong").run("deploy", jar.toString());

    assertThat(result.status()).isEqualTo(4);
  }

  @Test
  void shouldDeployAndWaitUntilItIsSettled() {
    node.on("POST /bundles", 201, Samples.bundle("PENDING", null))
        .on("GET /bundles", 200, Samples.bundles("PENDING", null))
        .on("GET /bundles", 200, Samples.bundles("ACTIVE", null));

    Result table = Cli.of(node).run("deploy", jar.toString());
    Result json = Cli.of(node).run("deploy", jar.toString(), "-o", "json");

    assertThat(table.status()).isZero();
    assertThat(table.out()).contains("io.example.words  1.0.0    ACTIVE");
    assertThat(new Json().parse(json.out()).path("state").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void shouldFailWhenTheDeployedBundleIsBroken() {
    node.on("POST /bundles", 200, Samples.bundle("BROKEN", "needs package a.b"));

    Result result = Cli.of(node).run("deploy", jar.toString());

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("the node had it already")
        .contains("error: bundle io.example.words is broken")
        .contains("needs package a.b");
  }

  @Test
  void shouldFindFilesOfTheDistributionFromAnywhere() throws IOException {
    node.on("POST /bundles", 201, Samples.bundle("ACTIVE", null));
    Files.createDirectories(folder.resolve("examples"));
    Files.writeString(folder.resolve("examples/of-the-distribution.jar"), "x");

    Result result = Cli.of(node).home(folder).run("deploy", "examples/of-the-distribution.jar");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(node.asked().get(0).fileName()).isEqualTo("of-the-distribution.jar");
  }

  @Test
  void shouldRefuseWhatIsNoFile() {
    assertThat(Cli.of(node).run("deploy", folder.toString()).err()).contains("is a folder");
    assertThat(Cli.of(node).run("deploy", folder + "/no.jar").status()).isEqualTo(2);
    assertThat(node.routes()).isEmpty();
  }

  @Test
  void shouldLetTheNodeJudgeAnEmptyFile() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jar"));
    node.problem("POST /bundles", 422, "bundle-not-a-zip", "empty.jar is no zip", "build it");

    assertThat(Cli.of(node).run("deploy", empty.toString()).err()).contains("empty.jar is no zip");
  }

  @Test
  void shouldDrawABarOnATerminalOnly() throws IOException {
    node.on("POST /bundles", 201, Samples.bundle("ACTIVE", null));
    Path big = sized("big.jar", 3_000_000);

    Result terminal = Cli.of(node).onTerminal("").run("deploy", big.toString());
    Result pipe = Cli.of(node).run("deploy", big.toString());

    assertThat(terminal.err()).contains("█").contains("100 %").contains("3.0 MB");
    assertThat(terminal.out()).doesNotContain("█");
    assertThat(pipe.err()).isEqualTo("Uploading  big.jar  3.0 MB\n");
    assertThat(node.asked().get(0).bodyBytes()).isEqualTo(3_000_000);
  }

  @Test
  void shouldUpload200MegabytesInASmallHeap() throws Exception {
    node.on("POST /bundles", 201, Samples.bundle("ACTIVE", null));
    Path big = sized("huge.jar", 200_000_000);
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.geartrain.cli.internal.Main",
            "deploy",
            big.toString(),
            "--url",
            node.url());
    builder.environment().put("GEAR_TOKEN", FakeNode.TOKEN);

    int status = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();

    assertThat(status).as(Files.readString(log)).isZero();
    assertThat(node.asked().get(0).bodyBytes()).isEqualTo(200_000_000);
  }

  @Test
  void shouldCancelOnlyWithAYes() {
    node.on("POST /apps/word-count-7f3a:cancel", 202, Samples.app("CANCELLING"));

    Result noTerminal = Cli.of(node).run("cancel", "word-count-7f3a");
    Result no = Cli.of(node).onTerminal("n\n").run("cancel", "word-count-7f3a");
    Result end = Cli.of(node).onTerminal("").run("cancel", "word-count-7f3a");
    assertThat(node.routes()).isEmpty();
    Result yes =
        Cli.of(node).onTerminal("Y\n").env("NO_COLOR", "1").run("cancel", "word-count-7f3a");
    Result option = Cli.of(node).run("cancel", "word-count-7f3a", "--yes");

    assertThat(noTerminal.status()).isEqualTo(2);
    assertThat(noTerminal.err()).contains("--yes");
    assertThat(no.status()).isEqualTo(1);
    assertThat(no.err()).contains("cancel application word-count-7f3a? [y/N]");
    assertThat(end.status()).isEqualTo(1);
    assertThat(yes.out()).isEqualTo("word-count-7f3a  CANCELLING\n");
    assertThat(option.status()).isZero();
  }

  @Test
  void shouldUndeployOnlyWithAYes() {
    node.on("DELETE /bundles/io.example.words", 204, "")
        .problem("DELETE /bundles/io.exampel.words", 404, "unknown-bundle", "no such bundle", "")
        .on("GET /bundles", 200, Samples.bundles("ACTIVE", null));

    assertThat(Cli.of(node).run("undeploy", "io.example.words").status()).isEqualTo(2);
    assertThat(Cli.of(node).run("undeploy", "io.example.words", "-y").out())
        .isEqualTo("io.example.words  undeployed\n");
    Result unknown = Cli.of(node).run("undeploy", "io.exampel.words", "-y");
    assertThat(unknown.status()).isEqualTo(3);
    assertThat(unknown.err()).contains("did you mean io.example.words?");
  }

  @Test
  void shouldStopTheOnlyNodeAndWaitUntilItIsAway() {
    String one = "{\"nodes\":[{\"id\":\"node-1\",\"pid\":1}]}";
    node.on("GET /nodes", 200, one)
        .on("GET /nodes", 200, one)
        .on("GET /nodes", 200, "{\"nodes\":[]}")
        .on("POST /nodes/node-1:stop", 202, "");

    Result result = Cli.of(node).run("node", "stop");

    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("node-1  stopped\n");
  }

  @Test
  void shouldStopTheNodeOfTheFolderAndWaitUntilItsProcessIsGone() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    Files.createDirectories(folder.resolve("data/security"));
    Files.writeString(
        folder.resolve("data/node.json"),
        "{\"pid\":" + process.pid() + ",\"url\":\"" + node.url() + "\"}");
    Files.writeString(folder.resolve("data/security/token"), FakeNode.TOKEN);
    node.on(
            "GET /nodes",
            200,
            "{\"nodes\":[{\"id\":\"other\",\"pid\":1},{\"id\":\"own\",\"pid\":"
                + process.pid()
                + "}]}")
        .on(
            "POST /nodes/own:stop",
            request -> {
              process.destroy();
              return new Answer(202, "");
            });

    Result result = new Cli().home(folder).run("node", "stop");

    assertThat(result.out()).isEqualTo("own  stopped\n");
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void shouldAskWhichNodeWhenThereAreSeveral() {
    node.on("GET /nodes", 200, "{\"nodes\":[{\"id\":\"a\",\"pid\":1},{\"id\":\"b\",\"pid\":2}]}");

    Result result = Cli.of(node).run("node", "stop");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("name one of: a b");
  }

  private Path sized(String name, long sizeBytes) throws IOException {
    Path file = folder.resolve(name);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sizeBytes);
    }
    return file;
  }
}
