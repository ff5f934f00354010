package io.geartrain.executor.internal;

import io.geartrain.spi.ApplicationBundles.Pin;
import java.util.Optional;

/**
 * Keeps the revision of the application as long as its executor lives; whoever comes late with a
 * pin finds it released. Thread-safe.
 */
final class PinHolder implements AutoCloseable {
  private Pin pin;
  private boolean closed;

  /** Takes a pin over, or releases it if there is one already or nobody needs it any more. */
  synchronized void offer(Pin offered) {
    if (closed || pin != null) {
      offered.close();
    } else {
      pin = offered;
    }
  }

  /** Loads the application's classes; empty before there is a pin. */
  synchronized Optional<ClassLoader> classLoader() {
    return Optional.ofNullable(pin).map(Pin::classLoader);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pin != null) {
      pin.close();
      pin = null;
    }
  }
}
