package io.geartrain.protocol;

/**
 * How long records take on their way to a step from the tasks before it: from the moment in which a
 * batch gets its first record to the one in which it is taken. Of the batches of the last second.
 *
 * @param p50Nanos half of the batches took no longer
 * @param p99Nanos of 100 batches 99 took no longer
 * @param maxNanos none took longer
 */
public record LatencyStatus(long p50Nanos, long p99Nanos, long maxNanos) {}
