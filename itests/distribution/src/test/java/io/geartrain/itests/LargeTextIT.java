package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A text of more than 100 MB: nothing lost, nothing counted twice. Prints the speed beside that of
 * plain Java, and judges it not; {@code -Dgear.pairs=5} measures more than once.
 */
class LargeTextIT {
  private static final int PAIRS = Integer.getInteger("gear.pairs", 1);

  @TempDir Path folder;

  @Test
  void shouldCountEveryWordOfALargeText() throws Exception {
    Path text = folder.resolve("large.txt");
    write(text, 105L << 20, 20261122);
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    double[] ratios = new double[PAIRS];
    Path output = folder.resolve("counts.tsv");
    Path plainOutput = folder.resolve("plain.tsv");
    for (int pair = 0; pair < PAIRS; pair++) {
      double plain = plain(text, plainOutput);
      double geartrain = geartrain(distribution, text, output);
      ratios[pair] = geartrain / plain;
      System.out.printf(
          Locale.ROOT,
          "%.1f M words/s, plain Java %.1f M words/s, ratio %.2f%n",
          geartrain / 1e6,
          plain / 1e6,
          ratios[pair]);
    }

    Map<String, Long> counted = PlainWordCount.read(output);
    assertThat(counted.equals(PlainWordCount.count(List.of(text)))).as("every word").isTrue();
    assertThat(counted.equals(PlainWordCount.read(plainOutput))).as("as plain Java").isTrue();
    Arrays.sort(ratios);
    System.out.printf(Locale.ROOT, "median ratio %.2f%n", ratios[PAIRS / 2]);
  }

  /** Words per second of the quick start, from the start of the application to its end. */
  private static double geartrain(Distribution distribution, Path text, Path output)
      throws Exception {
    Distribution.Result result =
        distribution
            .gear(
                "quickstart",
                text.toString(),
                "--exit",
                "--output",
                output.toString(),
                "-o",
                "json")
            .expect(0);
    return Rest.parse(result.out()).get("wordsPerSecond").asDouble();
  }

  /** Words per second of one thread in a fresh JVM, result written as well. */
  private static double plain(Path text, Path output) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Jdk.current().home().resolve("bin/java").toString(),
            "-cp",
            Path.of(FastWordCount.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            FastWordCount.class.getName(),
            text.toString(),
            output.toString());
    return Double.parseDouble(Distribution.run(java, 300).expect(0).out().trim());
  }

  /** Words of some 50,000 by Zipf's law, lines of odd lengths, now and then another script. */
  private static void write(Path file, long bytes, long seed) throws IOException {
    Random random = new Random(seed);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      long written = 0;
      while (written < bytes) {
        String word = word(random);
        out.write(word);
        out.write(random.nextInt(12) == 0 ? "\n" : " ");
        written += word.length() + 1;
      }
    }
  }

  private static String word(Random random) {
    int rank = (int) Math.pow(50_000, random.nextDouble());
    String letters = Integer.toString(rank * 7919, 36);
    return switch (rank % 97) {
      case 0 -> "Ä" + letters + "ß";
      case 1 -> letters + "語";
      case 2 -> letters.toUpperCase(Locale.ROOT) + "'s";
      default -> letters;
    };
  }
}
