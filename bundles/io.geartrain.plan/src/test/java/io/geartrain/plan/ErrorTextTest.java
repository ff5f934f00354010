package io.geartrain.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTextTest {
  @Test
  void shouldLeaveShortTextAlone() {
    String message = "x".repeat(ErrorText.LONGEST_MESSAGE);
    String trace = "y".repeat(ErrorText.LONGEST_TRACE);

    assertThat(ErrorText.cutMessage(message)).isSameAs(message);
    assertThat(ErrorText.cutTrace(trace)).isSameAs(trace);
    assertThat(ErrorText.cutMessage(null)).isNull();
    assertThat(ErrorText.cutTrace(null)).isNull();
  }

  @Test
  void shouldSayHowMuchOfALongMessageIsLeftOut() {
    String message = "bad line: " + "x".repeat(2_000_000) + " in radix 10";

    String cut = ErrorText.cutMessage(message);

    assertThat(cut)
        .hasSizeLessThanOrEqualTo(ErrorText.LONGEST_MESSAGE)
        .startsWith("bad line: xxx")
        .contains("x… 1998062 characters left out …x")
        .endsWith(" in radix 10");
    assertThat(ErrorText.cutMessage(cut)).isSameAs(cut);
  }

  @Test
  void shouldKeepTheFramesAndTheLastCauseOfALongTrace() {
    String frames = "\n\tat io.example.Step.process(Step.java:7)".repeat(1_000);
    String trace = "E: " + "x".repeat(2_000_000) + frames + "\nCaused by: root";

    String cut = ErrorText.cutTrace(trace);

    assertThat(cut)
        .hasSizeLessThanOrEqualTo(ErrorText.LONGEST_TRACE)
        .startsWith("E: xxx")
        .contains("\n\tat io.example.Step.process(Step.java:7)\n")
        .containsPattern("… \\d+ characters left out …")
        .endsWith("\nCaused by: root");
    assertThat(ErrorText.cutTrace(cut)).isSameAs(cut);
  }

  @Test
  void shouldTellTypeMessageAndTrace() {
    IllegalStateException thrown = new IllegalStateException("no", new Error("root"));

    assertThat(ErrorText.of(thrown)).isEqualTo("java.lang.IllegalStateException: no");
    assertThat(ErrorText.of(new Error())).isEqualTo("java.lang.Error");
    assertThat(ErrorText.message(thrown)).isEqualTo("no");
    assertThat(ErrorText.message(new Error())).isEmpty();
    assertThat(ErrorText.trace(thrown))
        .startsWith("java.lang.IllegalStateException: no")
        .contains("\tat " + getClass().getName())
        .contains("Caused by: java.lang.Error: root");
    assertThat(ErrorText.of(new Error("x".repeat(9_000)))).contains("characters left out");
    assertThat(ErrorText.trace(new Error("x".repeat(90_000)))).contains("characters left out");
  }

  @Test
  void shouldBearErrorsThatThrowWhenTheyAreAsked() {
    Mute mute = new Mute();

    assertThat(ErrorText.of(mute))
        .isEqualTo(Mute.class.getName() + ": getMessage() threw java.lang.IllegalStateException");
    assertThat(ErrorText.trace(new Error("outer", mute)))
        .startsWith("java.lang.Error (its stack trace can't be printed: ");
  }

  @Test
  void shouldNotCutACharacterInHalves() {
    for (int shift = 0; shift < 2; shift++) {
      String cut = ErrorText.cutMessage("x".repeat(shift) + "\uD83D\uDE82".repeat(2_000));

      assertThat(new String(cut.getBytes(UTF_8), UTF_8)).isEqualTo(cut);
    }
  }
}
