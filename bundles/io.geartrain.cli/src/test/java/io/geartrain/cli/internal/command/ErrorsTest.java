package io.geartrain.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.cli.internal.command.Cli.Result;
import io.geartrain.cli.internal.node.Endpoints;
import io.geartrain.cli.internal.node.NodeFolder;
import io.geartrain.cli.internal.rest.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
  private FakeNode node;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400,bad-request,1",
    "401,unauthenticated,4",
    "403,forbidden,4",
    "404,not-found,3",
    "422,unknown-scheduler,3",
    "409,bundle-conflict,7",
    "422,bundle-missing-package,1",
    "500,internal,1",
    "503,unavailable,5"
  })
  void shouldTurnProblemsIntoStatuses(int http, String code, int status) {
    node.problem("GET /nodes", http, code, "what is wrong", "what helps");

    Result result = Cli.of(node).run("nodes");

    assertThat(result.status()).isEqualTo(status);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("error: what is wrong").contains("next: what helps");
  }

  @Test
  void shouldSayHowToStartANodeThatDoesNotRun(@TempDir Path home) {
    Result result = new Cli().home(home).run("apps");

    assertThat(result.status()).isEqualTo(5);
    assertThat(result.err())
        .contains("no node is running")
        .contains(home.resolve("data/node.json").toString())
        .contains("gear node start");
  }

  @Test
  void shouldSayThatTheNodeOfTheFolderDoesNotAnswer(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve("data"));
    Files.writeString(
        home.resolve("data/node.json"),
        "{\"pid\":1,\"url\":\"http://127.0.0.1:" + freePort() + "\"}");

    Result result = new Cli().home(home).run("apps");

    assertThat(result.status()).isEqualTo(5);
    assertThat(result.err()).contains("no node answers").contains("next: gear node start");
  }

  @Test
  void shouldTakeUrlAndTokenFromTheFolder(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve("data/security"));
    Files.writeString(home.resolve("data/node.json"), "{\"pid\":1,\"url\":\"" + node.url() + "\"}");
    Files.writeString(home.resolve("data/security/token"), FakeNode.TOKEN + "\n");
    node.on("GET /apps", 200, "{\"apps\":[]}");

    assertThat(new Cli().home(home).run("apps").status()).isZero();
  }

  @Test
  void shouldSayWhereAWrongTokenCameFrom() {
    Result result = Cli.of(node).env("GEAR_TOKEN", "wrong").run("apps");

    assertThat(result.status()).isEqualTo(4);
    assertThat(result.err())
        .contains("the token is not that of this node")
        .contains("taken from GEAR_TOKEN")
        .contains("--token-file");
  }

  @Test
  void shouldSayThatNoTokenIsKnown(@TempDir Path home) {
    Result result = new Cli().home(home).run("--url", node.url(), "apps");

    assertThat(result.status()).isEqualTo(4);
    assertThat(result.err()).contains("no token was sent").contains("security/token is missing");
  }

  @Test
  void shouldNotSendTheTokenOfTheFolderToAnotherHost(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve("data/security"));
    Files.writeString(home.resolve("data/security/token"), FakeNode.TOKEN);
    var endpoints =
        new Endpoints(
            new NodeFolder(Optional.of(home), Optional.of(home.resolve("data"))),
            Map.of(),
            new Json());

    assertThat(endpoints.find("http://node.example:8090", null).token()).isEmpty();
    assertThat(endpoints.find("http://localhost:8090", null).token()).contains(FakeNode.TOKEN);
  }

  @Test
  void shouldRefuseATokenFileThatIsNotThere() {
    Result result = Cli.of(node).run("apps", "--token-file", "/no/such/file");

    assertThat(result.status()).isEqualTo(4);
    assertThat(result.err()).contains("/no/such/file");
  }

  @Test
  void shouldTimeOut() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Result result =
          new Cli()
              .env("GEAR_TOKEN", "t")
              .run(
                  "apps",
                  "--timeout",
                  "100ms",
                  "--url",
                  "http://127.0.0.1:" + silent.getLocalPort());

      assertThat(result.status()).isEqualTo(6);
      assertThat(result.err()).contains("no answer").contains("100 ms");
    }
  }

  @Test
  void shouldSayThatSomethingElseAnswers() {
    node.on("GET /apps", 200, "<html>hello</html>");

    Result result = Cli.of(node).run("apps");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("is not that of a Geartrain node");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app",
        "apps --no-such",
        "aps",
        "apps -o yaml",
        "apps --timeout soon",
        "node",
        "submit a.b --set novalue",
        "submit a.b --set k=1 --set k=2",
        "submit missing.jar",
        "quickstart --top -1",
        "apps --url not-an-url"
      })
  void shouldRefuseWrongUsage(String arguments) {
    Result result =
        Cli.of(node)
            .home(Path.of("src/test"))
            .run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: ").contains("next: ");
    assertThat(node.routes()).isEmpty();
  }

  @Test
  void shouldSuggestCommandsAndOptions() {
    assertThat(new Cli().run("sumbit").err()).contains("did you mean submit?");
    assertThat(new Cli().run("apps", "-o", "yaml").err()).contains("table").contains("json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quickstart",
        "node start",
        "node stop",
        "submit",
        "apps",
        "app",
        "cancel",
        "deploy",
        "undeploy",
        "bundles",
        "schedulers",
        "nodes",
        "console",
        "version"
      })
  void shouldHelpOnEachCommand(String command) {
    Result result = new Cli().run((command + " --help").split(" "));

    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("Usage: gear " + command)
        .contains("Examples:\n  gear " + command)
        .contains("--token-file")
        .doesNotContain("\u001b[");
  }

  @Test
  void shouldTellItsVersionByAnOption() {
    assertThat(new Cli().run("--version").out()).startsWith("gear 0.");
  }

  @Test
  void shouldListAllCommandsInTheHelp() {
    Result result = new Cli().run("--help");

    assertThat(result.out()).contains("quickstart", "undeploy", "schedulers", "130 interrupted");
  }

  @Test
  void shouldColourErrorsOnATerminalOnly() {
    String red = "\u001b[1;31m";

    assertThat(new Cli().onTerminal("").run("apps").err()).contains(red);
    assertThat(new Cli().onTerminal("").env("NO_COLOR", "1").run("apps").err())
        .doesNotContain("\u001b[");
    assertThat(new Cli().run("apps").err()).doesNotContain("\u001b[");
  }

  @Test
  void shouldNotLetANodeMoveTheCursor() {
    node.problem("GET /apps", 400, "bad-request", "a\\u001b[2Jb", "");

    assertThat(Cli.of(node).run("apps").err()).contains("a[2Jb").doesNotContain("\u001b");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
