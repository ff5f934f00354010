package com.example.sessions;

import java.time.Instant;

/** Somebody looked at a page. */
record Click(long timeMs, String user, String page) {
  /** Event time of a line, in ms. */
  static long timestamp(String line) {
    return parse(line).timeMs();
  }

  /** Reads {@code instant user page}. */
  static Click parse(String line) {
    String[] fields = line.split(" ");
    if (fields.length != 3) {
      throw new IllegalArgumentException("not 'instant user page': " + line);
    }
    return new Click(Instant.parse(fields[0]).toEpochMilli(), fields[1], fields[2]);
  }
}
