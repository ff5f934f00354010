package io.geartrain.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts words in another way than the example does, as a reference for its results. */
final class PlainWordCount {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private PlainWordCount() {}

  static Map<String, Long> count(List<Path> files) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    for (Path file : files) {
      Matcher words = WORD.matcher(Files.readString(file, StandardCharsets.UTF_8));
      while (words.find()) {
        counts.merge(words.group().toLowerCase(Locale.ROOT), 1L, Long::sum);
      }
    }
    return new TreeMap<>(counts);
  }

  /** Reads {@code word<TAB>count} lines; a word that comes twice is an error. */
  static Map<String, Long> read(Path output) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
      String[] fields = line.split("\t", -1);
      if (fields.length != 2 || counts.put(fields[0], Long.parseLong(fields[1])) != null) {
        throw new AssertionError("bad line in " + output + ": '" + line + "'");
      }
    }
    return counts;
  }
}
