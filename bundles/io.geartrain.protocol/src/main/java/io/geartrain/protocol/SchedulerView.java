package io.geartrain.protocol;

/**
 * A scheduler as clients see it.
 *
 * @param state ACTIVE, or FAILED if its last answer was no good
 * @param lastError what was wrong with it; null if nothing was
 */
public record SchedulerView(
    String name, String bundle, String version, String state, String lastError) {}
