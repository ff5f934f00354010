package io.geartrain.channel;

import java.util.Arrays;
import java.util.List;

/**
 * Where the records of an edge go; replaced as a whole, between two batches of the sending task.
 * Immutable.
 *
 * @param channels to all receiving tasks, by their indices
 * @param owners index of the owning task of each key group, whose number is a power of two; empty
 *     where records are not routed by key
 */
public record RoutingTable(List<ProducerEnd> channels, int[] owners) {
  /** Copies both, and checks that every key group has an owner that is there. */
  public RoutingTable {
    channels = List.copyOf(channels);
    owners = owners.clone();
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("an edge needs at least one receiving task");
    }
    if (owners.length > 0 && Integer.bitCount(owners.length) != 1) {
      throw new IllegalArgumentException(owners.length + " key groups: not a power of two");
    }
    for (int owner : owners) {
      if (owner < 0 || owner >= channels.size()) {
        throw new IllegalArgumentException(
            "a key group is owned by task %d of %d".formatted(owner, channels.size()));
      }
    }
  }

  /** A table for records that are not routed by key. */
  public static RoutingTable of(List<? extends ProducerEnd> channels) {
    return new RoutingTable(List.copyOf(channels), new int[0]);
  }

  @Override
  public int[] owners() {
    return owners.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoutingTable table
        && channels.equals(table.channels)
        && Arrays.equals(owners, table.owners);
  }

  @Override
  public int hashCode() {
    return 31 * channels.hashCode() + Arrays.hashCode(owners);
  }
}
