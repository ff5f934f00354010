package io.geartrain.channel;

/** A channel has given more or fewer records than were sent into it: the engine is at fault. */
public final class AuditMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditMismatch(ChannelId channel, long sent, long received) {
    super(
        "channel %s: %d records were sent since the last barrier, %d came"
            .formatted(channel, sent, received));
  }
}
