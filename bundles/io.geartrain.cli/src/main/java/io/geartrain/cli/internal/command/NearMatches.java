package io.geartrain.cli.internal.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds names that a person may have meant. Stateless. */
final class NearMatches {
  private static final int MOST = 3;

  private NearMatches() {}

  /** At most three known names that are like the given one, the nearest first. */
  static List<String> of(String given, List<String> known) {
    String wanted = given.toLowerCase(Locale.ROOT);
    int farthest = Math.max(2, wanted.length() / 3);
    return known.stream()
        .distinct()
        .filter(name -> distance(wanted, name) <= farthest)
        .sorted(Comparator.comparingInt((String name) -> distance(wanted, name)))
        .limit(MOST)
        .toList();
  }

  private static int distance(String wanted, String name) {
    String other = name.toLowerCase(Locale.ROOT);
    if (wanted.length() > 2 && (other.contains(wanted) || wanted.contains(other))) {
      return 1;
    }
    return levenshtein(wanted, other);
  }

  private static int levenshtein(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
