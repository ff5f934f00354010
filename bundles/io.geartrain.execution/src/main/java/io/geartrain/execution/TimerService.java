package io.geartrain.execution;

import org.osgi.annotation.versioning.ConsumerType;

/** Calls back later; for sources that have nothing to read now. */
@ConsumerType
@FunctionalInterface
public interface TimerService {
  /**
   * Calls the action once.
   *
   * @param delayNanos not before so much time has passed
   * @param action is fast and may run on any thread
   * @return takes it back, so that nothing of it is left; does nothing if it has been called
   */
  Runnable schedule(long delayNanos, Runnable action);
}
