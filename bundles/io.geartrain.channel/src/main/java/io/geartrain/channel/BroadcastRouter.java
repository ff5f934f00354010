package io.geartrain.channel;

import java.util.List;

/** Hands each record to every task; on the sending task's thread. */
public final class BroadcastRouter extends EdgeWriter {
  private ChannelWriter[] writers;

  /** A router over the channels of all receiving tasks. */
  public BroadcastRouter(List<? extends ProducerEnd> channels, Credit credit) {
    super(credit);
    route(RoutingTable.of(channels));
  }

  @Override
  void onRouted(ChannelWriter[] all, RoutingTable table) {
    writers = all;
  }

  @Override
  public void emit(Object value, long timestamp) {
    for (ChannelWriter writer : writers) {
      add(writer, value, timestamp);
    }
  }
}
