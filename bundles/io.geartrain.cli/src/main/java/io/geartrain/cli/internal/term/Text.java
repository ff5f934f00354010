package io.geartrain.cli.internal.term;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Numbers and texts as people read them. Stateless. */
public final class Text {
  private Text() {}

  /** Without control characters: nothing that a node sends may move the cursor. */
  public static String oneLine(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** As {@link #oneLine}, but lines and tabs stay. */
  public static String lines(String text) {
    return text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A size such as {@code 1.2 MB}; a MB has a million bytes. */
  public static String bytes(long sizeBytes) {
    if (sizeBytes < 1000) {
      return sizeBytes + " B";
    }
    return sizeBytes < 1_000_000
        ? decimal(sizeBytes / 1e3) + " kB"
        : sizeBytes < 1_000_000_000
            ? decimal(sizeBytes / 1e6) + " MB"
            : decimal(sizeBytes / 1e9) + " GB";
  }

  /** A rate or a count such as {@code 52.1k}. */
  public static String shortCount(double value) {
    if (value < 1000) {
      return value == Math.rint(value) ? String.valueOf((long) value) : decimal(value);
    }
    return value < 1e6
        ? decimal(value / 1e3) + "k"
        : value < 1e9 ? decimal(value / 1e6) + "M" : decimal(value / 1e9) + "G";
  }

  /** A whole number with separators, such as {@code 1,234,567}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share such as {@code 71%}. */
  public static String percent(double value) {
    return Math.round(value) + "%";
  }

  /** One decimal. */
  public static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Time since an ISO instant such as {@code 3m}; empty if there is none. */
  public static String age(String since, Instant now) {
    if (since == null || since.isBlank()) {
      return "";
    }
    try {
      return age(Duration.between(Instant.parse(since), now));
    } catch (DateTimeParseException e) {
      return since;
    }
  }

  private static String age(Duration age) {
    long s = Math.max(0, age.toSeconds());
    return s < 60
        ? s + "s"
        : s < 3600 ? s / 60 + "m" : s < 86400 ? s / 3600 + "h" : s / 86400 + "d";
  }
}
