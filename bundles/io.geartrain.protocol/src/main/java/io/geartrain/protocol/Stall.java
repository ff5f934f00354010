package io.geartrain.protocol;

import java.time.Instant;

/**
 * A task that does not come back from the application's code: an endless loop, or a call that
 * blocks.
 *
 * @param task which
 * @param since when its turn began, or was first seen
 * @param place where it is: the innermost frame of the application's own code, or else the
 *     innermost one
 * @param stackTrace all frames, one a line
 */
public record Stall(String task, Instant since, String place, String stackTrace) {}
