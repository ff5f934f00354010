package io.geartrain.channel;

/**
 * Names a channel.
 *
 * @param edge index of the edge in the plan
 * @param from index of the sending task
 * @param to index of the receiving task
 * @param planVersion version of the plan that opened it
 */
public record ChannelId(int edge, int from, int to, int planVersion) {}
