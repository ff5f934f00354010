package io.geartrain.itests.apps.linkage;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.itests.apps.ghost.Ghost;
import io.geartrain.itests.apps.numbers.Numbers;

/** Its function needs a class that is not there. */
@StreamApp(name = "linkage")
public final class Linkage implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams
        .from(Numbers.upTo(10))
        .id("numbers")
        .map(Long.class, Ghost::haunt)
        .id("haunt")
        .to(Numbers.forget())
        .id("nowhere");
  }
}
