package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.plan.ChannelMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A sink that is a thousand times slower than its source, in a heap half as large as all data. */
class SmallHeapTest {
  private static final int HEAP_MB = 32;

  @Test
  void shouldDoWithASmallHeapThoughTheSinkIsSlow() throws Exception {
    assertThat((long) SmallHeap.RECORDS * SmallHeap.RECORD_BYTES)
        .as("more than what the heap can hold")
        .isGreaterThan(HEAP_MB * 1_500_000L);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-D%s=%s"
                    .formatted(
                        ChannelMode.SETTING, System.getProperty(ChannelMode.SETTING, "local")),
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName())
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines()).contains("" + SmallHeap.RECORDS);
  }
}
