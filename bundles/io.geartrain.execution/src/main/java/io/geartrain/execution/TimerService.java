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
   */
  void schedule(long delayNanos, Runnable action);
}
