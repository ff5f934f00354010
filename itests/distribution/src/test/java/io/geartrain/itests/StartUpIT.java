package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with empty data is there, again and again, and tells how long it took. Prints the medians,
 * and judges them not: they depend on what else the machine does.
 */
class StartUpIT {
  private static final int RUNS = 3;
  private static final Pattern READY = Pattern.compile("Ready in ([0-9.]+) s, ([0-9.]+) s of CPU");

  @TempDir Path folder;

  @Test
  void shouldTellHowLongItTakesToStart() throws Exception {
    double[] wall = new double[RUNS];
    double[] cpu = new double[RUNS];
    double[] quickstart = new double[RUNS];
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    for (int run = 0; run < RUNS; run++) {
      Distribution fresh = Distribution.unpack(folder, Jdk.current());
      try (Node node = fresh.start()) {
        Matcher ready = READY.matcher(node.log());
        assertThat(ready.find()).isTrue();
        wall[run] = Double.parseDouble(ready.group(1));
        cpu[run] = Double.parseDouble(ready.group(2));
      }
      long startNanos = System.nanoTime();
      distribution.gear("quickstart", "--exit").expect(0);
      quickstart[run] = (System.nanoTime() - startNanos) / 1e9;
    }

    System.out.printf(
        Locale.ROOT,
        "node ready in %.1f s, %.1f s of CPU; quickstart --exit in %.1f s (medians of %d)%n",
        median(wall),
        median(cpu),
        median(quickstart),
        RUNS);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
