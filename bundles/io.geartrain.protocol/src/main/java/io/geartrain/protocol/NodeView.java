package io.geartrain.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A node as clients see it.
 *
 * @param address where its roles are reached
 * @param roles which it plays: {@code master}, {@code worker}
 * @param leader true if its master leads
 * @param worker its worker; null if it has none
 */
public record NodeView(
    String id,
    String address,
    List<String> roles,
    boolean leader,
    WorkerView worker,
    String java,
    long pid,
    Instant startedAt) {
  /** A worker as clients see it. */
  public record WorkerView(String id, int slots, int freeSlots, Map<String, String> labels) {}
}
