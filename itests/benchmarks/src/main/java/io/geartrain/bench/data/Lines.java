package io.geartrain.bench.data;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The text of W2: lines of ten words out of 50,000, by Zipf's law. Each half has a seed of its own.
 */
public final class Lines {
  /** Words in each line. */
  public static final int WORDS = 10;

  private static final int VOCABULARY = 50_000;

  private Lines() {}

  /** One half of the text. */
  public static String[] half(int half, int allLines) {
    int[][] ids = ids(half, allLines);
    String[] lines = new String[ids.length];
    for (int i = 0; i < lines.length; i++) {
      StringBuilder line = new StringBuilder();
      for (int word : ids[i]) {
        line.append(line.length() == 0 ? "" : " ").append(word(word));
      }
      lines[i] = line.toString();
    }
    return lines;
  }

  /** The whole text. */
  public static String[] all(int allLines) {
    String[] lines = new String[allLines / 2 * 2];
    System.arraycopy(half(0, allLines), 0, lines, 0, allLines / 2);
    System.arraycopy(half(1, allLines), 0, lines, allLines / 2, allLines / 2);
    return lines;
  }

  /** What the sink makes of an update. */
  public static long read(String word, long count) {
    return word.hashCode() * count;
  }

  /**
   * The checksum of all updates, by counting alone.
   *
   * @param emitted how many lines each half gave, or both together, over and over
   */
  public static long checksum(int allLines, List<Long> emitted) {
    long[] counts = new long[VOCABULARY];
    if (emitted.size() == 1) {
      long lines = emitted.get(0);
      int half = allLines / 2;
      long rounds = lines / (2L * half);
      long rest = lines % (2L * half);
      count(counts, ids(0, allLines), rounds * half + Math.min(rest, half));
      count(counts, ids(1, allLines), rounds * half + Math.max(0, rest - half));
    } else {
      count(counts, ids(0, allLines), emitted.get(0));
      count(counts, ids(1, allLines), emitted.get(1));
    }
    long sum = 0;
    for (int word = 0; word < VOCABULARY; word++) {
      long n = counts[word];
      sum += word(word).hashCode() * (n % 2 == 0 ? n / 2 * (n + 1) : (n + 1) / 2 * n);
    }
    return sum;
  }

  private static void count(long[] counts, int[][] lines, long emitted) {
    long rounds = emitted / lines.length;
    long rest = emitted % lines.length;
    for (int i = 0; i < lines.length; i++) {
      for (int word : lines[i]) {
        counts[word] += rounds + (i < rest ? 1 : 0);
      }
    }
  }

  private static String word(int id) {
    return "word" + id;
  }

  private static int[][] ids(int half, int allLines) {
    double[] cumulative = new double[VOCABULARY];
    double total = 0;
    for (int i = 0; i < VOCABULARY; i++) {
      total += 1.0 / (i + 1);
      cumulative[i] = total;
    }
    Random random = new Random(half + 1);
    int[][] lines = new int[allLines / 2][WORDS];
    for (int[] line : lines) {
      for (int w = 0; w < WORDS; w++) {
        int at = Arrays.binarySearch(cumulative, random.nextDouble() * total);
        line[w] = Math.min(VOCABULARY - 1, at < 0 ? -at - 1 : at);
      }
    }
    return lines;
  }
}
