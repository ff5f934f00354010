package io.geartrain.transport;

/** What came by a channel is not what was sent: bytes were changed, lost, doubled or are old. */
public final class CorruptFrame extends TransportException {
  private static final long serialVersionUID = 1L;

  CorruptFrame(FrameChannel channel, String what) {
    super("channel %s, %s: %s".formatted(channel.id(), channel.edge(), what), null);
  }
}
