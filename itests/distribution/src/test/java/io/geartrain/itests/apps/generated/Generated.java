package io.geartrain.itests.apps.generated;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.connector.files.FileSink;
import io.geartrain.connector.generator.GeneratorSource;

/** Writes the numbers below a count, so many a second. */
@StreamApp(name = "generated")
public final class Generated implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams
        .from(
            GeneratorSource.of(Long.class, index -> index)
                .count(settings.getLong("count", 0))
                .ratePerSecond(settings.getLong("rate", 0)))
        .id("numbers")
        .parallelism(settings.getInt("tasks", 1))
        .to(FileSink.lines(settings.get("output")))
        .id("output");
  }
}
