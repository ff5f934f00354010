package io.geartrain.execution;

import io.geartrain.api.Settings;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What the tasks of one run are given.
 *
 * @param applicationId id of this run of the application
 * @param settings what was set at submission
 * @param classLoader the application's own, set as the thread's in each turn
 * @param incarnation which time the tasks are set up
 * @param sizes how much each channel holds
 * @param nanoTime the clock, in ns from some origin
 * @param millis the clock, in ms since 1970
 * @param timers calls back later
 * @param listener hears how tasks end
 */
public record RunContext(
    String applicationId,
    Settings settings,
    ClassLoader classLoader,
    Incarnation incarnation,
    ChannelSizes sizes,
    LongSupplier nanoTime,
    LongSupplier millis,
    TimerService timers,
    TaskListener listener) {
  /** Checks that all is there. */
  public RunContext {
    Objects.requireNonNull(applicationId, "applicationId");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(classLoader, "classLoader");
    Objects.requireNonNull(incarnation, "incarnation");
    Objects.requireNonNull(sizes, "sizes");
    Objects.requireNonNull(nanoTime, "nanoTime");
    Objects.requireNonNull(millis, "millis");
    Objects.requireNonNull(timers, "timers");
    Objects.requireNonNull(listener, "listener");
  }
}
