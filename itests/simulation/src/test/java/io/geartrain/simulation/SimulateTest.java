package io.geartrain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SimulateTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Simulate.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldSayHowManySeedsWereViolated() {
    assertThat(run("--seeds", "3", "--seed", "7")).isZero();

    assertThat(text(out)).isEqualTo("3 seeds, 0 violations" + System.lineSeparator());
    assertThat(text(err)).contains("3 seeds from 7", "checkpoint committed");
  }

  @Test
  void shouldRunOneSeedWhereOneIsGiven() {
    assertThat(run("--seed", "7", "--log")).isZero();

    assertThat(text(out)).isEqualTo("1 seeds, 0 violations" + System.lineSeparator());
    assertThat(text(err)).contains("LaunchAppMaster", "seed 7 ended");
  }

  @Test
  void shouldTellHowItIsUsed() {
    assertThat(run("--seeds", "many")).isEqualTo(2);
    assertThat(text(err)).contains("--seeds needs a number, but is given 'many'", "usage:");
    assertThat(run("--seed")).isEqualTo(2);
    assertThat(run("--seeds", "0")).isEqualTo(2);
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(text(err)).contains("unknown argument '--fast'");
  }

  /** In another process the orders of hash codes that the JVM draws are others. */
  @Test
  void shouldHaveTheSameEventsInAnotherProcess() throws IOException, InterruptedException {
    run("--seeds", "12", "--seed", "1");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Simulate.class.getName(),
                "--seeds",
                "12",
                "--seed",
                "1")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String told = new String(other.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(other.waitFor()).isZero();
    assertThat(log(told)).isNotEmpty().isEqualTo(log(text(err)));
  }

  private static String log(String told) {
    return told.lines().filter(line -> line.contains("event log")).findFirst().orElse("");
  }
}
