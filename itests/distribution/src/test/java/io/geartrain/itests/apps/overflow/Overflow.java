package io.geartrain.itests.apps.overflow;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.itests.apps.numbers.Numbers;

/** Its function recurses without end. */
@StreamApp(name = "overflow")
public final class Overflow implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams
        .from(Numbers.upTo(10))
        .id("numbers")
        .map(Long.class, Overflow::deep)
        .id("deep")
        .to(Numbers.forget())
        .id("nowhere");
  }

  private static Long deep(Long value) {
    return deep(value + 1) + 1;
  }
}
