package io.geartrain.bench.data;

/**
 * A bid.
 *
 * @param auction on what
 * @param price how much
 * @param time when, event time in ms
 */
public record Bid(long auction, long price, long time) {}
