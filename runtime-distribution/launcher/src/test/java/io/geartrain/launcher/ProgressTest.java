package io.geartrain.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void shouldPrintEachPartOnceAndWaitForAll() {
    Progress progress = new Progress(out, false, false, List.of("master", "worker"));
    Parts.State master = new Parts.State("master", true, "leader");

    assertThat(progress.update(List.of(master), 600)).isFalse();
    assertThat(progress.update(List.of(master), 700)).isFalse();
    assertThat(progress.update(List.of(master, new Parts.State("worker", true, "2 slots")), 900))
        .isTrue();

    assertThat(text())
        .containsOnlyOnce("master")
        .contains("✔ master")
        .contains("leader")
        .contains("0.6 s");
  }

  @Test
  void shouldNotBeReadyWhenAPartFallsBack() {
    Progress progress = new Progress(out, false, false, List.of("master"));
    progress.update(List.of(), 1);
    assertThat(progress.update(List.of(new Parts.State("master", false, "waits")), 2)).isFalse();
  }

  @Test
  void shouldNameWhatIsMissingAndWhy() {
    Progress progress = new Progress(out, false, false, List.of("master", "worker"));

    progress.printMissing(List.of(new Parts.State("master", false, "no leader yet")));

    assertThat(text()).contains("✘ master", "no leader yet", "✘ worker", "has not started");
  }

  @Test
  void shouldShowALoginCodeToAPersonAlone() {
    Parts.State console = new Parts.State("console", true, "http://127.0.0.1:1/ui?code=secret");

    new Progress(out, false, false, List.of()).update(List.of(console), 1);
    assertThat(text()).contains("http://127.0.0.1:1/ui").doesNotContain("secret");

    new Progress(out, true, false, List.of()).update(List.of(console), 1);
    assertThat(text()).contains("?code=secret");
  }

  @Test
  void shouldUseColourOnlyWhenAsked() {
    new Progress(out, true, true, List.of())
        .update(List.of(new Parts.State("master", true, "")), 1);

    assertThat(text()).contains("\u001b[32m✔\u001b[0m");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
