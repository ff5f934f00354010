package io.geartrain.console.rest.internal;

import java.io.IOException;

/** Serves one route; called by many threads. */
@FunctionalInterface
public interface Handler {
  /**
   * Serves a request.
   *
   * @throws Problem if it can't be served
   */
  Reply handle(Call call) throws IOException;
}
