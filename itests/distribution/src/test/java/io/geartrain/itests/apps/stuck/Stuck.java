package io.geartrain.itests.apps.stuck;

import io.geartrain.api.Emitter;
import io.geartrain.api.Processor;
import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.itests.apps.numbers.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** At its 100th record it loops until somebody makes the file {@code until}. */
@StreamApp(name = "stuck")
public final class Stuck implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    Path until = Path.of(settings.get("until"));
    streams
        .from(Numbers.endless())
        .eventTime(number -> 1_000_000_000_000L + 10 * number, Duration.ZERO)
        .id("numbers")
        .parallelism(1)
        .shuffle()
        .map(Long.class, number -> number)
        .id("before")
        .parallelism(1)
        .process(Long.class, () -> new Looping(until))
        .id("loop")
        .parallelism(1)
        .shuffle()
        .to(Numbers.forget())
        .id("nowhere");
  }

  private record Looping(Path until) implements Processor<Long, Long> {
    @Override
    public void process(Long number, long timestamp, Emitter<Long> out) {
      while (number == 100 && !Files.exists(until)) {
        Thread.onSpinWait();
      }
      out.emit(number);
    }
  }
}
