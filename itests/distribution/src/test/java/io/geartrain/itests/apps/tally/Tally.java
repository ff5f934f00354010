package io.geartrain.itests.apps.tally;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.connector.files.FileSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Counts numbers by their last digits, and writes which revision of its bundle has counted. */
@StreamApp(name = "tally")
public final class Tally implements StreamApplication {
  /** How many keys there are. */
  public static final int KEYS = 50;

  /** How many splits there are. */
  public static final int SPLITS = 4;

  /** How many numbers there are in each split. */
  public static final int NUMBERS = 10_000;

  @Override
  public void define(Streams streams, Settings settings) {
    int tasks = settings.getInt("tasks", 2);
    streams
        .from(new Halves(SPLITS, NUMBERS, Path.of(settings.get("gate"))))
        .id("numbers")
        .parallelism(tasks)
        .keyBy(Integer.class, n -> n % KEYS)
        .count()
        .id(settings.get("count-id", "count"))
        .parallelism(tasks)
        .map(String.class, count -> revision() + " " + count.key() + " " + count.value())
        .id("line")
        .parallelism(tasks)
        .to(sink(settings))
        .id("output");
  }

  private static FileSink<Object> sink(Settings settings) {
    String output = settings.get("output");
    return settings.get("parts", "no").equals("yes")
        ? FileSink.parts(output)
        : FileSink.lines(output);
  }

  private static String revision() throws IOException {
    try (InputStream in = Tally.class.getResourceAsStream("/revision.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    }
  }
}
