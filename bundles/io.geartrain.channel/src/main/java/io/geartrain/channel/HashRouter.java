package io.geartrain.channel;

import io.geartrain.api.KeySelector;
import java.util.List;

/**
 * Hands records with equal keys to the same task: the owner of their key group. On the sending
 * task's thread.
 */
public final class HashRouter extends EdgeWriter {
  private final KeySelector<Object, ?> key;
  private final String edge;
  private final ChannelWriter[] byGroup;

  /**
   * A router over the channels of all receiving tasks.
   *
   * @param owners index of the owning task of each key group; their number is a power of two
   * @param edge name of the edge for messages
   */
  public HashRouter(
      List<? extends ProducerEnd> channels,
      Credit credit,
      KeySelector<Object, ?> key,
      int[] owners,
      String edge) {
    super(channels, credit);
    if (Integer.bitCount(owners.length) != 1) {
      throw new IllegalArgumentException(owners.length + " key groups: not a power of two");
    }
    this.key = key;
    this.edge = edge;
    this.byGroup = new ChannelWriter[owners.length];
    for (int group = 0; group < owners.length; group++) {
      byGroup[group] = writers()[owners[group]];
    }
  }

  @Override
  public void emit(Object value, long timestamp) throws Exception {
    Object k = key.key(value);
    if (k == null) {
      throw new NullPointerException(
          "keyBy gave a null key on the edge " + edge + "; filter such records out before keyBy");
    }
    emit(value, timestamp, KeyGroup.spread(k));
  }

  /** Sends a record on whose key has this hash, spread. */
  public void emit(Object value, long timestamp, int hash) {
    add(byGroup[hash & byGroup.length - 1], value, timestamp);
  }
}
