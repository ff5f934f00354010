package io.geartrain.itests.apps.endless;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.itests.apps.numbers.Numbers;

/** It never ends by itself. */
@StreamApp(name = "endless")
public final class Endless implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams.from(Numbers.endless()).id("numbers").to(Numbers.forget()).id("nowhere");
  }
}
