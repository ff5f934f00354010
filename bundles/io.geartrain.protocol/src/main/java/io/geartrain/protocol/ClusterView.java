package io.geartrain.protocol;

import java.util.Map;

/**
 * The cluster as clients see it.
 *
 * @param leader id of the leading master's node
 * @param epoch of its leadership
 * @param applications how many there are in each state
 * @param scheduler name of the default scheduler
 */
public record ClusterView(
    String leader,
    long epoch,
    int nodes,
    int workers,
    int totalSlots,
    int freeSlots,
    Map<ApplicationState, Integer> applications,
    String scheduler) {}
