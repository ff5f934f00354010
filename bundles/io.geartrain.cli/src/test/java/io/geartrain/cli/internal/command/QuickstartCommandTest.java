package io.geartrain.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.geartrain.cli.internal.command.Cli.Result;
import io.geartrain.cli.internal.command.FakeNode.Answer;
import io.geartrain.cli.internal.command.FakeNode.Asked;
import io.geartrain.cli.internal.rest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The quick start with a script in place of the node's process. */
@Timeout(60)
class QuickstartCommandTest {
  private static final String APP = "GET /apps/word-count-7f3a";
  private static final String RUNS =
      "trap 'rm -f \"$data/node.json\"; exit 143' TERM\n"
          + "announce\n"
          + "while :; do sleep 0.05; done\n";

  @TempDir Path home;

  private final Remembered interrupts = new Remembered();
  private Function<Asked, Answer> submission = this::write;
  private FakeNode node;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
    Files.createDirectories(home.resolve("data/security"));
    Files.writeString(home.resolve("data/security/token"), FakeNode.TOKEN);
    Files.createDirectories(home.resolve("examples"));
    Files.writeString(home.resolve("examples/wordcount.jar"), "jar");
    Files.writeString(home.resolve("LICENSE"), "the words of the licence");
    node.on(
            "GET /health/ready",
            503,
            "{\"ready\":false,\"checks\":[{\"name\":\"coordination\",\"ok\":true,\"detail\":\"embedded\"},"
                + "{\"name\":\"worker\",\"ok\":false,\"detail\":\"starting\"}]}")
        .on(
            "GET /health/ready",
            200,
            "{\"ready\":true,\"checks\":[{\"name\":\"coordination\",\"ok\":true,\"detail\":\"embedded\"},"
                + "{\"name\":\"worker\",\"ok\":true,\"detail\":\"8 slots\"}]}")
        .on("POST /bundles", 201, Samples.bundle("ACTIVE", null))
        .on("POST /apps", request -> submission.apply(request))
        .on("POST /session:code", 201, "{\"url\":\"http://127.0.0.1:1/ui?code=abc\"}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldStartCountShowAndStop() throws IOException {
    script(RUNS);
    node.on(APP, 200, Samples.app("RUNNING")).on(APP, 200, Samples.app("COMPLETED"));

    Result result = cli().run("quickstart", "--exit", "--top", "2");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .containsExactly(
            "COUNT  WORD",
            "    5  the",
            "    2  größe",
            "",
            "9 words (4 different) in 2.000 s: 5 words per second, 0.0 MB/s",
            "Console: http://127.0.0.1:1/ui?code=abc  (good for one login)");
    assertThat(result.err())
        .containsSubsequence(
            "✔ coordination   embedded",
            "✔ worker         8 slots",
            "Ready in",
            "Uploading",
            "word-count RUNNING",
            "word-count COMPLETED");
    assertThat(home.resolve("data/node.json")).doesNotExist();
    assertThat(Path.of(settings().path("output").asText()).getParent()).doesNotExist();
    assertThat(settings().path("input").asText()).isEqualTo(home.resolve("LICENSE").toString());
  }

  @Test
  void shouldTakeFilesAndFoldersAndKeepTheOutput() throws IOException {
    script(RUNS);
    node.on(APP, 200, Samples.app("COMPLETED"));
    Path texts = Files.createDirectories(home.resolve("texts/deep er"));
    Files.writeString(texts.resolve("a.txt"), "a".repeat(1_000_000));
    Path output = home.resolve("counts.tsv");

    Result result =
        cli()
            .run(
                "quickstart",
                home + "/texts",
                home + "/texts/../LICENSE",
                "--exit",
                "--output",
                output.toString(),
                "-o",
                "json");

    assertThat(result.status()).as(result.err()).isZero();
    var json = new Json().parse(result.out());
    assertThat(json.path("words").asLong()).isEqualTo(9);
    assertThat(json.path("wordsPerSecond").asLong()).isEqualTo(5);
    assertThat(json.path("bytes").asLong()).isEqualTo(1_000_024);
    assertThat(json.path("top").path(0).path("word").asText()).isEqualTo("the");
    assertThat(json.path("output").asText()).isEqualTo(output.toString());
    assertThat(output).exists();
    assertThat(settings().path("input").asText())
        .isEqualTo(home.resolve("texts") + ":" + home.resolve("LICENSE"));
  }

  @Test
  void shouldCheckFilesBeforeTheNodeIsStarted() throws IOException {
    script("touch \"$data/started\"\n");

    assertThat(refused("quickstart", "/no/such/file.txt")).contains("/no/such/file.txt");
    assertThat(refused("quickstart", "--output", "/no/such/folder/out"))
        .contains("/no/such/folder");
    assertThat(refused("quickstart", "--output", home.toString())).contains("is a folder");
    Path empty = Files.createDirectories(home.resolve("empty"));
    assertThat(refused("quickstart", empty.toString())).contains("holds no files");
    assertThat(refused("quickstart", "--url", "http://localhost:1")).contains("--url");
    assertThat(home.resolve("data/started")).doesNotExist();
  }

  @Test
  void shouldPassOnWhyTheNodeDidNotStart() throws IOException {
    script("echo \"gear: $5 $6 is taken\" >&2\nexit 9\n");

    Result result = cli().run("quickstart", "--exit", "--port", "8123");

    assertThat(result.status()).isEqualTo(9);
    assertThat(result.err())
        .contains("the node ended before it was ready (status 9)")
        .contains("gear: --port 8123 is taken");
  }

  @Test
  void shouldUseANodeThatRunsAndLeaveItRunning() throws Exception {
    Process running = new ProcessBuilder("sleep", "600").start();
    try {
      announce(running.pid());
      node.on(APP, 200, Samples.app("COMPLETED"));

      Result result = cli().run("quickstart");

      assertThat(result.status()).as(result.err()).isZero();
      assertThat(result.err()).contains("Using the node that runs at").contains("goes on");
      assertThat(running.isAlive()).isTrue();
    } finally {
      running.destroyForcibly();
    }
  }

  @Test
  void shouldStartANodeWhenTheAnnouncementIsStale() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    announce(gone.pid());
    script(RUNS);
    node.on(APP, 200, Samples.app("COMPLETED"));

    Result result = cli().run("quickstart", "--exit");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).contains("Starting a node");
  }

  @Test
  void shouldStopTheNodeWhenTheApplicationFails() throws IOException {
    script(RUNS);
    node.on(APP, 200, Samples.app("FAILED", "[]", Samples.failure()));

    Result result = cli().run("quickstart");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("FAILED").contains("boom");
    assertThat(home.resolve("data/node.json")).doesNotExist();
  }

  @Test
  void shouldReplaceAnotherBuildOfTheExample() throws Exception {
    try (var jar =
        new JarOutputStream(
            Files.newOutputStream(home.resolve("examples/wordcount.jar")), manifest())) {
      jar.finish();
    }
    script(RUNS);
    conflictFirst();

    Result result = cli().run("quickstart", "--exit");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(node.routes())
        .containsSubsequence("POST /bundles", "DELETE /bundles/io.example.words", "POST /bundles");
  }

  @Test
  void shouldEndNonZeroWhenTheNodeDies() throws Exception {
    script(RUNS);
    node.on(APP, 200, Samples.app("COMPLETED"));

    CompletableFuture<Result> running =
        CompletableFuture.supplyAsync(() -> cli().run("quickstart"));
    await().until(() -> node.routes().contains("POST /session:code"));
    kill("-KILL", pid());

    Result result = running.get(20, TimeUnit.SECONDS);
    assertThat(result.status()).isBetween(1, 255);
    assertThat(result.err()).contains("the node has ended");
  }

  @Test
  void shouldCancelAndStopEverythingWhenInterrupted() throws Exception {
    script(RUNS);
    runsUntilCancelled();

    CompletableFuture<Result> running =
        CompletableFuture.supplyAsync(() -> cli().run("quickstart"));
    await().until(() -> node.routes().contains(APP));
    long pid = pid();
    interrupts.fire();

    assertThat(running.get(20, TimeUnit.SECONDS).status()).isEqualTo(130);
    assertThat(node.routes()).contains("POST /apps/word-count-7f3a:cancel");
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(Path.of(settings().path("output").asText()).getParent()).doesNotExist();
  }

  @Test
  void shouldCancelWhatTheNodeIsStillTakingWhenInterrupted() throws Exception {
    script(RUNS);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    submission =
        request -> {
          asked.countDown();
          await().until(() -> answer.getCount() == 0);
          return write(request);
        };
    runsUntilCancelled();

    CompletableFuture<Result> running =
        CompletableFuture.supplyAsync(() -> cli().run("quickstart"));
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> interrupt = CompletableFuture.runAsync(interrupts::fire);
    await().until(interrupts::pending);
    answer.countDown();

    interrupt.get(20, TimeUnit.SECONDS);
    assertThat(running.get(20, TimeUnit.SECONDS).status()).isEqualTo(130);
    assertThat(node.routes()).contains("POST /apps/word-count-7f3a:cancel");
  }

  @Test
  void shouldNotPassTheTerminalsInterruptToTheNode() throws Exception {
    script(RUNS);
    node.on(APP, 200, Samples.app("COMPLETED"));
    CompletableFuture<Result> running =
        CompletableFuture.supplyAsync(() -> cli().run("quickstart"));
    await().until(() -> node.routes().contains("POST /session:code"));
    long pid = pid();

    kill("-INT", pid);
    kill("-HUP", pid);
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();
    interrupts.fire();

    running.get(20, TimeUnit.SECONDS);
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  /** The application runs, and is cancelled once that is asked for. */
  private void runsUntilCancelled() {
    node.on(APP, 200, Samples.app("RUNNING"))
        .on(
            "POST /apps/word-count-7f3a:cancel",
            request -> {
              node.on(APP, 200, Samples.app("CANCELLED"));
              return new Answer(202, Samples.app("CANCELLING"));
            });
  }

  private Cli cli() {
    return new Cli().home(home).interrupts(interrupts);
  }

  private String refused(String... args) {
    Result result = cli().run(args);
    assertThat(result.status()).isEqualTo(2);
    return result.err();
  }

  private void script(String body) throws IOException {
    Path script = Files.createDirectories(home.resolve("bin")).resolve("gear");
    Files.writeString(
        script,
        "#!/bin/sh\n[ \"$1 $2 $3\" = 'node start --data' ] || exit 99\ndata=$4\n"
            + "announce() { echo \"{\\\"pid\\\":$$,\\\"url\\\":\\\""
            + node.url()
            + "\\\"}\" > \"$data/node.json.new\"; mv \"$data/node.json.new\" \"$data/node.json\"; }\n"
            + body);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void announce(long pid) throws IOException {
    Files.writeString(
        home.resolve("data/node.json"), "{\"pid\":" + pid + ",\"url\":\"" + node.url() + "\"}");
  }

  private long pid() throws IOException {
    return new Json().parse(Files.readString(home.resolve("data/node.json"))).path("pid").asLong();
  }

  private Answer write(Asked request) {
    Path output =
        Path.of(new Json().parse(request.body()).path("settings").path("output").asText());
    try {
      Files.writeString(output, "of\t1\nthe\t5\ngröße\t2\nwords\t1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(201, Samples.app("SUBMITTED"));
  }

  private JsonNode settings() {
    String body =
        node.asked().stream()
            .filter(asked -> asked.route().equals("POST /apps"))
            .findFirst()
            .orElseThrow()
            .body();
    return new Json().parse(body).path("settings");
  }

  private void conflictFirst() throws IOException {
    node.close();
    node = new FakeNode();
    node.on("GET /health/ready", 200, "{\"ready\":true}")
        .problem("POST /bundles", 409, "bundle-conflict", "other bytes", "")
        .on("POST /bundles", 201, Samples.bundle("ACTIVE", null))
        .on("DELETE /bundles/io.example.words", 204, "")
        .on("POST /apps", this::write)
        .on(APP, 200, Samples.app("COMPLETED"))
        .on("POST /session:code", 201, "{\"url\":\"http://127.0.0.1:1/ui?code=abc\"}");
    script(RUNS);
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest
        .getMainAttributes()
        .putValue("Bundle-SymbolicName", "io.example.words;singleton:=true");
    return manifest;
  }

  private static void kill(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start().waitFor();
  }

  private static final class Remembered implements Interrupts {
    private final AtomicReference<Runnable> action = new AtomicReference<>();
    private volatile boolean pending;

    void fire() {
      pending = true;
      Optional.ofNullable(action.get()).ifPresent(Runnable::run);
    }

    @Override
    public Registration onInterrupt(Runnable wanted) {
      action.set(wanted);
      return () -> {};
    }

    @Override
    public boolean pending() {
      return pending;
    }
  }
}
