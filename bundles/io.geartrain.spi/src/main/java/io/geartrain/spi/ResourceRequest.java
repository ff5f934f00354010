package io.geartrain.spi;

/**
 * Asks for one slot.
 *
 * @param applicationId which application
 * @param slice which slice of it, from 0: the i-th task of each of its steps
 */
public record ResourceRequest(String applicationId, int slice) {}
