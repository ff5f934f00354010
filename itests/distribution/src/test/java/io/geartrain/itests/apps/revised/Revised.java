package io.geartrain.itests.apps.revised;

import io.geartrain.api.Settings;
import io.geartrain.api.Source;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.connector.files.FileSink;
import io.geartrain.itests.apps.numbers.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Writes which revision of its bundle it runs from. */
@StreamApp(name = "revised")
public final class Revised implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    Source<Long> numbers =
        settings.get("endless", "no").equals("yes") ? Numbers.endless() : Numbers.upTo(1);
    streams
        .from(numbers)
        .id("numbers")
        .map(String.class, n -> revision())
        .id("revision")
        .to(FileSink.lines(settings.get("output")))
        .id("output");
  }

  private static String revision() throws IOException {
    try (InputStream in = Revised.class.getResourceAsStream("/revision.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    }
  }
}
