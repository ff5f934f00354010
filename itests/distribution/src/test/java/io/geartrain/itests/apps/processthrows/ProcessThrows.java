package io.geartrain.itests.apps.processthrows;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.itests.apps.numbers.Numbers;

/** Its function throws at one record. */
@StreamApp(name = "process-throws")
public final class ProcessThrows implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams
        .from(Numbers.upTo(1000))
        .id("numbers")
        .map(
            Long.class,
            n -> {
              if (n == 777) {
                throw new IllegalArgumentException("777 is too much");
              }
              return n;
            })
        .id("check")
        .to(Numbers.forget())
        .id("nowhere");
  }
}
