package io.geartrain.master.internal;

import java.time.Instant;
import java.util.List;

/** What a node says of itself as a member of the cluster. */
public record NodeInfo(
    String id, String address, List<String> roles, String java, long pid, Instant startedAt) {
  public NodeInfo {
    roles = List.copyOf(roles);
  }
}
