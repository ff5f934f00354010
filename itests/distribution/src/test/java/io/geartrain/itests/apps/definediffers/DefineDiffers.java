package io.geartrain.itests.apps.definediffers;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.itests.apps.numbers.Numbers;

/** Its definition is another each time. */
@StreamApp(name = "define-differs")
public final class DefineDiffers implements StreamApplication {
  private static int runs;

  @Override
  public void define(Streams streams, Settings settings) {
    streams.from(Numbers.upTo(10)).id("numbers-" + runs++).to(Numbers.forget()).id("nowhere");
  }
}
