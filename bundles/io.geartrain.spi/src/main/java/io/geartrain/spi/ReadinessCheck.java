package io.geartrain.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Tells whether one part of the node is ready; registered as a service by that part. */
@ConsumerType
public interface ReadinessCheck {
  /** Name of the part: {@code coordination}, {@code master}, {@code worker}, {@code console}. */
  String name();

  /** The part's state now; answers at once. */
  Readiness check();

  /**
   * State of one part.
   *
   * @param ready whether it does its work
   * @param detail a few words: an address, a role, or what it waits for
   */
  record Readiness(boolean ready, String detail) {}
}
