package io.geartrain.channel;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Goes to sleep and is woken as a task is, but only notes what would follow. */
final class Sleeper implements Wakeable {
  private final AtomicBoolean awake = new AtomicBoolean(true);

  @Override
  public void wake() {
    if (!awake.get()) {
      awake.compareAndSet(false, true);
    }
  }

  /** Says that it sleeps, then looks once more for work. */
  void sleepUnless(BooleanSupplier work) {
    awake.set(false);
    VarHandle.fullFence();
    if (work.getAsBoolean()) {
      awake.compareAndSet(false, true);
    }
  }

  boolean isAwake() {
    return awake.get();
  }
}
