package io.geartrain.itests.apps.definehangs;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;

/** Its definition never returns. */
@StreamApp(name = "define-hangs")
public final class DefineHangs implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) throws Exception {
    new java.util.concurrent.CountDownLatch(1).await();
  }
}
