package io.geartrain.itests.apps.twoapps;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.itests.apps.numbers.Numbers;

/** The other of two applications in a bundle. */
@StreamApp(name = "second")
public final class Second implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    streams.from(Numbers.upTo(1)).id("numbers").to(Numbers.forget()).id("nowhere");
  }
}
