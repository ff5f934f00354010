package io.geartrain.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the parts of a run tell, a file of {@code key=value} for each. */
public final class Report {
  private Report() {}

  /** Writes the figures of one part, as one. */
  public static void write(Path folder, String part, Map<String, String> figures)
      throws IOException {
    List<String> lines = new ArrayList<>();
    figures.forEach((key, value) -> lines.add(key + "=" + value));
    Path draft = folder.resolve("." + part);
    Files.write(draft, lines);
    Files.move(draft, folder.resolve(part), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads all parts whose names begin so, in the order of their names. */
  public static List<Map<String, String>> read(Path folder, String prefix) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.getFileName().toString().startsWith(prefix)).sorted().toList();
    }
    List<Map<String, String>> parts = new ArrayList<>();
    for (Path file : files) {
      Map<String, String> figures = new HashMap<>();
      for (String line : Files.readAllLines(file)) {
        int at = line.indexOf('=');
        figures.put(line.substring(0, at), line.substring(at + 1));
      }
      parts.add(figures);
    }
    return parts;
  }
}
