package io.geartrain.protocol;

import java.util.List;

/**
 * A deployed bundle as clients see it.
 *
 * @param name symbolic name, or the file's name where it has none
 * @param version bundle version; null if unknown
 * @param digest SHA-256 of its bytes; null if unknown
 * @param origin {@code upload} or {@code deploy-folder:<file>}
 * @param state the worst of its states on the nodes: ACTIVE, RESOLVED, PENDING, REMOVING, BROKEN
 * @param error what is wrong; null if nothing is
 * @param applications names of the applications it declares
 * @param schedulers names of the schedulers it registers
 * @param usedBy ids of the applications that hold a revision of it
 * @param nodes its state on each node
 */
public record BundleView(
    String name,
    String version,
    String digest,
    String origin,
    String state,
    String error,
    List<String> applications,
    List<String> schedulers,
    List<String> usedBy,
    List<OnNode> nodes) {
  /** The bundle on one node. */
  public record OnNode(String node, String state, String error) {}
}
