package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.geartrain.itests.apps.definediffers.DefineDiffers;
import io.geartrain.itests.apps.definehangs.DefineHangs;
import io.geartrain.itests.apps.definethrows.DefineThrows;
import io.geartrain.itests.apps.endless.Endless;
import io.geartrain.itests.apps.linkage.Linkage;
import io.geartrain.itests.apps.numbers.Numbers;
import io.geartrain.itests.apps.overflow.Overflow;
import io.geartrain.itests.apps.processthrows.ProcessThrows;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Applications, good and bad, on one node that outlives them all. */
class ApplicationIT extends SharedNode {
  @Test
  void shouldSubmitWaitListAndShow() throws Exception {
    Path output = folder.resolve("licence.tsv");
    Path licence = distribution.home().resolve("LICENSE");

    distribution
        .gear(
            "submit",
            distribution.home().resolve("examples/wordcount.jar").toString(),
            "--set",
            "input=" + licence,
            "--set",
            "output=" + output,
            "--scheduler",
            "pack",
            "--wait")
        .expect(0);

    assertThat(PlainWordCount.read(output))
        .isEqualTo(PlainWordCount.count(java.util.List.of(licence)));
    String id = TestBundles.awaitState(node, "word-count", "COMPLETED");
    assertThat(distribution.gear("apps").expect(0).out()).contains(id, "COMPLETED");
    assertThat(distribution.gear("app", id).expect(0).out())
        .contains("lines", "words", "count", "write", "pack");
    JsonNode app = Rest.parse(distribution.gear("app", id, "-o", "json").expect(0).out());
    assertThat(app.get("processors")).isNotEmpty();
    assertThat(app.get("placement").get(0).get("reason").asText()).isNotBlank();
  }

  @Test
  void shouldCancel() throws Exception {
    Path jar = TestBundles.application(folder, "endless", Endless.class);
    distribution.gear("submit", jar.toString()).expect(0);
    String id = TestBundles.awaitState(node, "endless", "RUNNING");

    distribution.gear("cancel", id, "--yes").expect(0);

    TestBundles.awaitState(node, "endless", "CANCELLED");
  }

  @Test
  void shouldPublishNothingOfACancelledApplication() throws Exception {
    Path jar = TestBundles.revised(folder, "1.0.0", "one");
    Path output = folder.resolve("never.txt");
    distribution
        .gear("submit", jar.toString(), "--set", "endless=yes", "--set", "output=" + output)
        .expect(0);
    String id = TestBundles.awaitState(node, "revised", "RUNNING");

    distribution.gear("cancel", id, "--yes").expect(0);
    TestBundles.awaitState(node, "revised", "CANCELLED");

    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.contains("never.txt"));
    }
  }

  @Test
  void shouldReportADefinitionThatThrows() throws Exception {
    assertRefused("define-throws", DefineThrows.class, "the moon is in the wrong place");
  }

  @Test
  void shouldReportADefinitionThatNeverReturns() throws Exception {
    assertRefused("define-hangs", DefineHangs.class, "DefineHangs");
  }

  @Test
  void shouldReportADefinitionThatDiffers() throws Exception {
    assertRefused("define-differs", DefineDiffers.class, "numbers-");
  }

  @Test
  void shouldReportAMissingSetting() throws Exception {
    Distribution.Result result =
        distribution.gear(
            "submit", distribution.home().resolve("examples/wordcount.jar").toString(), "--wait");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("input").contains("--set");
    assertAlive();
  }

  @Test
  void shouldReportAMissingInputAndAMissingOutputFolder() throws Exception {
    Path licence = distribution.home().resolve("LICENSE");
    assertThat(submitWordCount("/no/such/input", folder.resolve("out.tsv").toString()))
        .contains("/no/such/input");
    assertThat(submitWordCount(licence.toString(), folder.resolve("no/such/out.tsv").toString()))
        .contains(folder.resolve("no/such").toString());
    assertAlive();
  }

  private String submitWordCount(String input, String output) throws Exception {
    Distribution.Result result =
        distribution.gear(
            "submit",
            distribution.home().resolve("examples/wordcount.jar").toString(),
            "--set",
            "input=" + input,
            "--set",
            "output=" + output,
            "--wait");
    assertThat(result.status()).isEqualTo(1);
    return result.err();
  }

  @Test
  void shouldReportTheRecordAtWhichAFunctionThrows() throws Exception {
    Distribution.Result result = submitFailing("process-throws", ProcessThrows.class);
    assertThat(result.err())
        .contains("check", "777", "777 is too much", "IllegalArgumentException");
  }

  @Test
  void shouldReportALinkageError() throws Exception {
    Path jar =
        TestBundle.named("linkage", "1.0.0")
            .with(Linkage.class, Numbers.class)
            .header("Import-Package", "!io.geartrain.itests.apps.ghost,*")
            .write(folder.resolve("jars/linkage.jar"));

    Distribution.Result result = distribution.gear("submit", jar.toString(), "--wait");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("Ghost");
    assertAlive();
  }

  @Test
  void shouldReportAStackOverflow() throws Exception {
    Distribution.Result result = submitFailing("overflow", Overflow.class);
    assertThat(result.err()).contains("deep").contains("StackOverflowError");
  }

  private Distribution.Result submitFailing(String name, Class<?> application) throws Exception {
    Path jar = TestBundles.application(folder, name, application);
    Distribution.Result result = distribution.gear("submit", jar.toString(), "--wait");
    assertThat(result.status()).as(result.err()).isEqualTo(1);
    TestBundles.awaitState(node, name, "FAILED");
    assertAlive();
    return result;
  }

  private void assertRefused(String name, Class<?> application, String reason) throws Exception {
    assertThat(submitFailing(name, application).err()).contains(reason);
  }

  @Test
  void shouldNameWhatIsUnknown() throws Exception {
    assertThat(distribution.gear("app", "no-such-app").expect(3).err()).contains("no-such-app");
    assertThat(distribution.gear("cancel", "no-such-app", "--yes").expect(3).err())
        .contains("no-such-app");
    assertThat(distribution.gear("undeploy", "no-such-bundle", "--yes").expect(3).err())
        .contains("no-such-bundle");
    assertThat(distribution.gear("apps", "--frobnicate").expect(2).err()).contains("--frobnicate");
    Distribution.Result scheduler =
        distribution.gear(
            "submit",
            distribution.home().resolve("examples/wordcount.jar").toString(),
            "--scheduler",
            "no-such-scheduler");
    assertThat(scheduler.status()).isNotZero();
    assertThat(scheduler.err()).contains("no-such-scheduler").contains("spread");
  }

  @Test
  void shouldHelpOnEveryCommand() throws Exception {
    for (String command :
        java.util.List.of(
            "quickstart",
            "submit",
            "apps",
            "app",
            "cancel",
            "deploy",
            "undeploy",
            "bundles",
            "schedulers",
            "nodes")) {
      assertThat(distribution.gear(command, "--help").expect(0).out())
          .as(command)
          .contains("Usage");
    }
    assertThat(distribution.gear("node", "start", "--help").expect(0).out()).contains("Usage");
  }

  private static void assertAlive() {
    assertThat(node.process().isAlive()).isTrue();
    assertThat(node.rest().status("/api/v1/health/ready")).isEqualTo(200);
  }
}
