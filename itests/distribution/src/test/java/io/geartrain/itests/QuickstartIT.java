package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code gear quickstart}, as a newcomer tries it. */
class QuickstartIT {
  @TempDir Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void shouldCountTheWordsOfTheLicence(Jdk jdk) throws Exception {
    Distribution distribution = Distribution.unpack(folder, jdk);
    Path output = folder.resolve("counts.tsv");

    Distribution.Result result =
        distribution.gear("quickstart", "--exit", "--output", output.toString()).expect(0);

    assertThat(PlainWordCount.read(output))
        .isEqualTo(PlainWordCount.count(List.of(distribution.home().resolve("LICENSE"))));
    assertThat(result.out()).contains("the").containsPattern("words/s|words per second");
    assertThat(result.out() + result.err())
        .containsPattern("http://127\\.0\\.0\\.1:" + distribution.port() + "/ui\\S*code=");
    assertThat(distribution.data().resolve("node.json")).doesNotExist();
  }

  @Test
  void shouldCountFilesAndFoldersOfAnyScript() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path texts = Files.createDirectories(folder.resolve("texts/deep er"));
    Path one = texts.resolve("eins.txt");
    Path two = folder.resolve("two.txt");
    Files.writeString(one, "Größe größe ΕΛΛΆΣ Ⅷ ½ 𝐀𝟙 日本語\r\nDon't stop_now İstanbul");
    Files.writeString(two, "no line end at last größe");
    Path output = folder.resolve("counts.tsv");

    distribution
        .gear(
            "quickstart",
            folder.resolve("texts").toString(),
            two.toString(),
            "--exit",
            "--output",
            output.toString())
        .expect(0);

    assertThat(PlainWordCount.read(output)).isEqualTo(PlainWordCount.count(List.of(one, two)));
  }

  @Test
  void shouldNameTheFileThatIsMissing() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());

    Distribution.Result result = distribution.gear("quickstart", "--exit", "/no/such/file.txt");

    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("/no/such/file.txt");
  }

  @Test
  void shouldNameTheByteThatIsNoUtf8() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path bad = folder.resolve("bad.txt");
    byte[] text = "good words\nthen bad".getBytes(StandardCharsets.UTF_8);
    text[15] = (byte) 0xff;
    Files.write(bad, text);
    Path output = folder.resolve("counts.tsv");

    Distribution.Result result =
        distribution.gear("quickstart", bad.toString(), "--exit", "--output", output.toString());

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err() + result.out()).contains(bad.toString()).contains("byte 15");
    assertThat(output).doesNotExist();
  }

  @Test
  void shouldRefuseAnInputThatNobodyCanRead() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path pipe = folder.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);

    for (Path input : List.of(pipe, loop)) {
      Distribution.Result result = distribution.gear("quickstart", "--exit", input.toString());

      assertThat(result.status()).isNotZero();
      assertThat(result.err()).contains(input.toString());
    }
  }

  @Test
  void shouldSayThatTheOutputCannotBeWritten() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path absent = folder.resolve("absent/counts.tsv");

    Distribution.Result result =
        distribution.gear("quickstart", "--exit", "--output", absent.toString());

    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains(absent.getParent().toString());
  }

  @Test
  void shouldLeaveNothingBehindOnCtrlC() throws Exception {
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path terminal = folder.resolve("terminal.txt");
    Process quickstart =
        Signals.interruptible(distribution.command("quickstart"))
            .redirectErrorStream(true)
            .redirectOutput(terminal.toFile())
            .start();
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> Files.readString(terminal).contains("code=") || !quickstart.isAlive());
    List<ProcessHandle> family = quickstart.descendants().toList();

    Signals.interrupt(quickstart.pid());

    assertThat(quickstart.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(quickstart.exitValue()).as(Files.readString(terminal)).isEqualTo(130);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(distribution.data().resolve("node.json")).doesNotExist();
    distribution.gear("quickstart", "--exit").expect(0);
  }
}
