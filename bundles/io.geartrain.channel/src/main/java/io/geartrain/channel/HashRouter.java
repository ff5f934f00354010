package io.geartrain.channel;

import io.geartrain.api.KeySelector;

/**
 * Hands records with equal keys to the same task: the owner of their key group. On the sending
 * task's thread.
 */
public final class HashRouter extends EdgeWriter {
  private final KeySelector<Object, ?> key;
  private final String edge;
  private final KeyHash hashes = new KeyHash();
  private ChannelWriter[] byGroup;

  /**
   * A router.
   *
   * @param table with an owner of each key group
   * @param edge name of the edge for messages
   */
  public HashRouter(RoutingTable table, Credit credit, KeySelector<Object, ?> key, String edge) {
    super(credit);
    this.key = key;
    this.edge = edge;
    route(table);
  }

  @Override
  void onRouted(ChannelWriter[] all, RoutingTable table) {
    int[] owners = table.owners();
    ChannelWriter[] groups = new ChannelWriter[owners.length];
    for (int group = 0; group < owners.length; group++) {
      groups[group] = all[owners[group]];
    }
    byGroup = groups;
  }

  @Override
  public void emit(Object value, long timestamp) throws Exception {
    Object k = key.key(value);
    if (k == null) {
      throw new NullPointerException(
          "keyBy gave a null key on the edge " + edge + "; filter such records out before keyBy");
    }
    emit(value, timestamp, hashes.applyAsInt(k));
  }

  /** Sends a record on whose key has this hash, spread. */
  public void emit(Object value, long timestamp, int hash) {
    add(byGroup[hash & byGroup.length - 1], value, timestamp);
  }
}
