package io.geartrain.cli.internal.command;

import java.util.concurrent.atomic.AtomicBoolean;

/** Interrupts by the hooks of the JVM, which then ends with 128 plus the signal's number. */
public final class ShutdownInterrupts implements Interrupts {
  private final AtomicBoolean ending = new AtomicBoolean();

  @Override
  public Registration onInterrupt(Runnable action) {
    Thread hook =
        new Thread(
            () -> {
              ending.set(true);
              action.run();
            },
            "interrupted");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      ending.set(true);
      return () -> {};
    }
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        ending.set(true);
      }
    };
  }

  @Override
  public boolean pending() {
    return ending.get();
  }
}
