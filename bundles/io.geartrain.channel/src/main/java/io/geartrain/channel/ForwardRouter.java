package io.geartrain.channel;

import java.util.List;

/** Hands all records to one task; on the sending task's thread. */
public final class ForwardRouter extends EdgeWriter {
  private final ChannelWriter writer;

  /** A router over one channel. */
  public ForwardRouter(ProducerEnd channel, Credit credit) {
    super(List.of(channel), credit);
    writer = writers()[0];
  }

  @Override
  public void emit(Object value, long timestamp) {
    add(writer, value, timestamp);
  }
}
