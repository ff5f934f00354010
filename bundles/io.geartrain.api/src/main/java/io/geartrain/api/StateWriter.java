package io.geartrain.api;

import org.osgi.annotation.versioning.ProviderType;

/** Takes a task's own state into a checkpoint. */
@ProviderType
public interface StateWriter {
  /**
   * Puts a value under a name; handed over, so it must not be changed afterwards.
   *
   * @param value of a type that the plan knows: a scalar, a string, an array of numbers, a record
   *     of such, or a list or map of such
   */
  void put(String name, Object value);
}
