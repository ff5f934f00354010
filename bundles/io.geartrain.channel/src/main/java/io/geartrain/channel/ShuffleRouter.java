package io.geartrain.channel;

import java.util.List;

/**
 * Spreads records evenly: each batch goes to the one of two tasks, drawn at random, that has less
 * waiting. On the sending task's thread.
 */
public final class ShuffleRouter extends EdgeWriter {
  private ChannelWriter[] writers;
  private ChannelWriter current;
  private long random;

  /**
   * A router over the channels of all receiving tasks.
   *
   * @param seed of the draws
   */
  public ShuffleRouter(List<? extends ProducerEnd> channels, Credit credit, long seed) {
    super(credit);
    random = seed * 0x9E3779B97F4A7C15L | 1;
    route(RoutingTable.of(channels));
  }

  @Override
  void onRouted(ChannelWriter[] all, RoutingTable table) {
    writers = all;
    current = all[0];
  }

  @Override
  public void emit(Object value, long timestamp) {
    if (!current.add(value, timestamp)) {
      current.next(watermark());
      choose();
    }
  }

  @Override
  boolean goOn() {
    if (current.resume()) {
      return true;
    }
    for (ChannelWriter writer : writers) {
      if (writer.resume()) {
        current = writer;
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean resumable() {
    for (ChannelWriter writer : writers) {
      if (writer.resumable()) {
        return true;
      }
    }
    return false;
  }

  @Override
  void onCreditGone() {
    choose();
  }

  @Override
  void onFlushed() {
    choose();
  }

  private void choose() {
    ChannelWriter one = draw();
    ChannelWriter other = draw();
    ChannelWriter best = one.waiting() <= other.waiting() ? one : other;
    if (!best.resume()) {
      best = anyWithCredit(best);
    }
    current = best;
    if (!best.hasCredit()) {
      credit().exhaust();
    }
  }

  private ChannelWriter anyWithCredit(ChannelWriter otherwise) {
    for (ChannelWriter writer : writers) {
      if (writer.resume()) {
        return writer;
      }
    }
    return otherwise;
  }

  private ChannelWriter draw() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return writers[(int) ((random >>> 33) % writers.length)];
  }
}
