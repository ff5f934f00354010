package io.geartrain.channel;

import java.util.List;

/** Hands all records to one task; on the sending task's thread. */
public final class ForwardRouter extends EdgeWriter {
  private ChannelWriter writer;

  /** A router over one channel. */
  public ForwardRouter(ProducerEnd channel, Credit credit) {
    super(credit);
    route(RoutingTable.of(List.of(channel)));
  }

  @Override
  void onRouted(ChannelWriter[] all, RoutingTable table) {
    writer = all[0];
  }

  @Override
  public void emit(Object value, long timestamp) {
    add(writer, value, timestamp);
  }
}
