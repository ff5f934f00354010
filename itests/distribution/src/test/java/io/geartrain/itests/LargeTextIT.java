package io.geartrain.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text of more than 100 MB: nothing lost, nothing counted twice. */
class LargeTextIT {
  @TempDir Path folder;

  @Test
  void shouldCountEveryWordOfALargeText() throws Exception {
    Path text = folder.resolve("large.txt");
    write(text, 105L << 20, 20261122);
    Distribution distribution = Distribution.unpack(folder, Jdk.current());
    Path output = folder.resolve("counts.tsv");

    Distribution.Result result =
        distribution
            .gear("quickstart", text.toString(), "--exit", "--output", output.toString())
            .expect(0);

    System.out.println(result.out());
    assertThat(PlainWordCount.read(output)).isEqualTo(PlainWordCount.count(List.of(text)));
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
      case 2 -> letters.toUpperCase(java.util.Locale.ROOT) + "'s";
      default -> letters;
    };
  }
}
