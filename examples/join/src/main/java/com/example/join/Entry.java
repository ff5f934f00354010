package com.example.join;

import java.time.Instant;

/** An order or a payment, as one line of a ledger tells it. */
record Entry(long timeMs, String order, long cents) {
  /** Event time of a line, in ms. */
  static long timestamp(String line) {
    return parse(line).timeMs();
  }

  /** Reads {@code instant order cents}. */
  static Entry parse(String line) {
    String[] fields = line.split(" ");
    if (fields.length != 3) {
      throw new IllegalArgumentException("not 'instant order cents': " + line);
    }
    return new Entry(Instant.parse(fields[0]).toEpochMilli(), fields[1], Long.parseLong(fields[2]));
  }
}
