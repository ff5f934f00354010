package io.geartrain.appmaster.internal;

import io.geartrain.protocol.ApplicationSpec;
import java.time.Duration;

/**
 * When checkpoints are made, and how many are kept.
 *
 * @param interval from the beginning of one to that of the next; zero = none are made
 * @param timeout until all tasks have stored their parts
 * @param minPause from the end of one to the beginning of the next
 * @param retained how many committed ones are kept, the newest included
 */
public record CheckpointLimits(
    Duration interval, Duration timeout, Duration minPause, int retained) {
  /** The setting of an application that stands in for the configured interval, in ms. */
  static final String INTERVAL_SETTING = "gear.checkpoint.interval-ms";

  private static final Duration LONGEST = Duration.ofDays(365);

  /** Checks. */
  public CheckpointLimits {
    require(
        !interval.isNegative() && interval.compareTo(LONGEST) <= 0,
        "checkpointIntervalMs must be 0 to " + LONGEST.toMillis(),
        interval);
    require(timeout.toMillis() > 0, "checkpointTimeoutMs must be positive", timeout);
    require(!minPause.isNegative(), "checkpointMinPauseMs must not be negative", minPause);
    require(retained > 0, "checkpointsRetained must be positive", retained);
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      Object shown = value instanceof Duration duration ? duration.toMillis() : value;
      throw new IllegalArgumentException(rule + ", but is " + shown);
    }
  }

  /** Whether any checkpoint is made. */
  boolean enabled() {
    return !interval.isZero();
  }

  /**
   * The same, as an application wants it.
   *
   * @throws IllegalArgumentException if its setting is no number of milliseconds
   */
  CheckpointLimits of(ApplicationSpec spec) {
    String set = spec.settings().get(INTERVAL_SETTING);
    if (set == null) {
      return this;
    }
    try {
      long millis = Long.parseLong(set.strip());
      if (millis >= 0 && millis <= LONGEST.toMillis()) {
        return new CheckpointLimits(Duration.ofMillis(millis), timeout, minPause, retained);
      }
    } catch (NumberFormatException e) {
      // told below, together with what is negative or too long
    }
    throw new IllegalArgumentException(
        "setting %s is '%s'; give a number of milliseconds, or 0 for no checkpoints"
            .formatted(INTERVAL_SETTING, set));
  }
}
