package io.geartrain.bench.app;

import io.geartrain.bench.data.Event;

/**
 * The new count of an event's key.
 *
 * @param event the event
 * @param count how many of its key there were
 */
public record Update(Event event, long count) {}
