package com.example.windowed;

import io.geartrain.api.Emitter;
import java.time.Instant;

/** A line of a log: an ISO-8601 instant, a space, words. */
final class LogLine {
  private LogLine() {}

  /**
   * Event time of the line in ms; one without fails the application, with the line in the report.
   */
  static long timestamp(String line) {
    return Instant.parse(line.substring(0, line.indexOf(' '))).toEpochMilli();
  }

  /** Emits the words after the instant; each gets the timestamp of its line. */
  static void words(String line, Emitter<String> out) {
    for (String word : line.substring(line.indexOf(' ') + 1).split("\\s+")) {
      if (!word.isEmpty()) {
        out.emit(word);
      }
    }
  }
}
