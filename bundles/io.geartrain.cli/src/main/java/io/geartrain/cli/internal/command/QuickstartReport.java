package io.geartrain.cli.internal.command;

import io.geartrain.cli.internal.command.TopWords.WordCount;
import io.geartrain.cli.internal.error.CliException;
import io.geartrain.cli.internal.error.ExitCode;
import io.geartrain.cli.internal.rest.Model.App;
import io.geartrain.cli.internal.term.Output;
import io.geartrain.cli.internal.term.Table;
import io.geartrain.cli.internal.term.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Shows what the quick start has counted. Owned by the thread of the command. */
final class QuickstartReport {
  private final Session session;

  QuickstartReport(Session session) {
    this.session = session;
  }

  /**
   * Writes the most frequent words, the speed and the address of the console.
   *
   * @param kept whether the person asked for the file of all words
   */
  void show(App app, InputFiles input, Path result, boolean kept, int top, String console) {
    TopWords words = read(result, top);
    double seconds = seconds(app);
    if (session.wantsJson()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("application", app.id());
      all.put("words", words.words());
      all.put("distinctWords", words.distinct());
      all.put("bytes", input.sizeBytes());
      all.put("seconds", seconds);
      all.put("wordsPerSecond", Math.round(words.words() / seconds));
      all.put("megabytesPerSecond", input.sizeBytes() / 1e6 / seconds);
      all.put("top", words.top());
      all.put("output", kept ? result.toString() : null);
      all.put("console", console);
      session.output().data(session.json().pretty(all));
      return;
    }
    Output output = session.output();
    if (!words.top().isEmpty()) {
      Table table = new Table("COUNT>", "WORD");
      for (WordCount word : words.top()) {
        table.row(Text.count(word.count()), word.word());
      }
      output.table(table);
      output.data("");
    }
    output.data(
        Text.count(words.words())
            + " words ("
            + Text.count(words.distinct())
            + " different) in "
            + String.format(Locale.ROOT, "%.3f s", seconds)
            + ": "
            + Text.count(Math.round(words.words() / seconds))
            + " words per second, "
            + Text.decimal(input.sizeBytes() / 1e6 / seconds)
            + " MB/s");
    if (kept) {
      output.data("All words: " + result);
    }
    output.data("Console: " + console + "  (good for one login)");
  }

  private static TopWords read(Path result, int top) {
    try {
      return TopWords.of(result, top);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "the result in " + result + " can't be read",
          e.getMessage() == null ? e.toString() : e.getMessage(),
          "look into the node's log in logs/");
    }
  }

  private static double seconds(App app) {
    try {
      String start = app.startedAt() == null ? app.submittedAt() : app.startedAt();
      Duration time = Duration.between(Instant.parse(start), Instant.parse(app.endedAt()));
      return Math.max(0.001, time.toNanos() / 1e9);
    } catch (DateTimeParseException | NullPointerException e) {
      throw new CliException(
          ExitCode.FAILED,
          "application " + app.id() + " has no running time",
          "started " + app.startedAt() + ", ended " + app.endedAt(),
          "gear app " + app.id());
    }
  }
}
