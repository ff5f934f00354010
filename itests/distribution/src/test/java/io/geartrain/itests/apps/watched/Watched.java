package io.geartrain.itests.apps.watched;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.itests.apps.numbers.Numbers;
import java.time.Duration;

/** Counts ticks in windows, without end; there is something to see at each of its steps. */
@StreamApp(name = "watched")
public final class Watched implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams
        .from(new Ticks())
        .eventTime(tick -> tick, Duration.ZERO)
        .id("ticks")
        .parallelism(1)
        .shuffle()
        .map(Long.class, tick -> tick)
        .id("pass")
        .keyBy(Long.class, tick -> tick % 4)
        .window(Window.tumbling(Duration.ofMillis(100)))
        .count()
        .id("count")
        .to(Numbers.forget())
        .id("nowhere");
  }
}
