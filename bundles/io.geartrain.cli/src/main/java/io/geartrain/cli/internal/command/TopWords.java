package io.geartrain.cli.internal.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The most frequent words of a file of {@code word<TAB>count} lines.
 *
 * @param top the most frequent first, ties in the order of the words
 * @param words sum of all counts
 * @param distinct number of lines
 */
record TopWords(List<WordCount> top, long words, long distinct) {
  private static final Comparator<WordCount> RAREST_FIRST =
      Comparator.comparingLong(WordCount::count)
          .thenComparing(WordCount::word, Comparator.reverseOrder());

  /** A word and how often it occurs. */
  record WordCount(String word, long count) {}

  /**
   * Reads the file once, keeping no more than the given number of words.
   *
   * @throws IOException if it can't be read, or a line has another form; names the line
   */
  static TopWords of(Path file, int limit) throws IOException {
    PriorityQueue<WordCount> kept = new PriorityQueue<>(RAREST_FIRST);
    long words = 0;
    long distinct = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        distinct++;
        WordCount word = parse(file, distinct, line);
        words += word.count();
        kept.add(word);
        if (kept.size() > limit) {
          kept.remove();
        }
      }
    }
    return new TopWords(kept.stream().sorted(RAREST_FIRST.reversed()).toList(), words, distinct);
  }

  private static WordCount parse(Path file, long lineNumber, String line) throws IOException {
    int tab = line.lastIndexOf('\t');
    try {
      return new WordCount(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException(
          file + ", line " + lineNumber + ": expected a word, a tab and a count", e);
    }
  }
}
