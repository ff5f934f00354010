package io.geartrain.itests.apps.definethrows;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;

/** Its definition throws. */
@StreamApp(name = "define-throws")
public final class DefineThrows implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    throw new IllegalStateException("the moon is in the wrong place");
  }
}
