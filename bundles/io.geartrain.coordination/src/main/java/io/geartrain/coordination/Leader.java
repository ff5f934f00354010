package io.geartrain.coordination;

/**
 * Who leads.
 *
 * @param id the candidate's id
 * @param address how to reach it
 * @param epoch number of its reign
 */
public record Leader(String id, String address, long epoch) {}
