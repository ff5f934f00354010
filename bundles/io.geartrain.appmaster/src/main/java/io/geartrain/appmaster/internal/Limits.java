package io.geartrain.appmaster.internal;

import java.time.Duration;

/**
 * How long each phase of an application may take, so that none hangs. Waiting for slots alone has
 * no limit.
 *
 * @param launch until an executor runs
 * @param definition for both runs of the definition, and again for finding the splits
 * @param slots until the master has decided on slots, be it to wait
 * @param install until all tasks are set up
 * @param stop until tasks have stopped, and again until their executors are gone
 */
public record Limits(
    Duration launch, Duration definition, Duration slots, Duration install, Duration stop) {

  /** For a definition that may take so long. */
  static Limits withDefinition(Duration definition) {
    return new Limits(
        Duration.ofSeconds(30),
        definition,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }

  /** Until the executor must have answered: it watches both of its parts itself. */
  Duration planning() {
    return definition.multipliedBy(2).plusSeconds(5);
  }
}
