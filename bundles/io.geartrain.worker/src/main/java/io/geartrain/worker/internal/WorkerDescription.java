package io.geartrain.worker.internal;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a worker offers.
 *
 * @param workerId unique in the cluster
 * @param nodeId of its node
 * @param slots how many slices it may run at a time
 * @param labels by which schedulers may choose
 */
public record WorkerDescription(
    String workerId, String nodeId, int slots, Map<String, String> labels) {
  /** Copies the labels. */
  public WorkerDescription {
    labels = Map.copyOf(labels);
  }

  /**
   * A worker of a node.
   *
   * @param configuredSlots 0 = four for each core
   * @param configuredLabels each {@code key=value}, or several of them with commas between, as a
   *     line of a configuration file gives them
   * @throws IllegalArgumentException if slots are negative or a label has no key or no value
   */
  static WorkerDescription of(
      String nodeId, int cores, int configuredSlots, String[] configuredLabels) {
    if (configuredSlots < 0) {
      throw new IllegalArgumentException(
          "slots must be positive, or 0 for four a core, but is " + configuredSlots);
    }
    String suffix = nodeId.startsWith("node-") ? nodeId.substring("node-".length()) : nodeId;
    return new WorkerDescription(
        "w-" + suffix,
        nodeId,
        configuredSlots == 0 ? 4 * cores : configuredSlots,
        labels(configuredLabels));
  }

  private static Map<String, String> labels(String[] configured) {
    Map<String, String> labels = new TreeMap<>();
    // a .cfg file gives one text with commas
    for (String label : String.join(",", configured).split(",")) {
      String[] parts = label.split("=", 2);
      if (label.isBlank()) {
        continue;
      }
      if (parts.length < 2 || parts[0].isBlank()) {
        throw new IllegalArgumentException("label '" + label + "' must be key=value");
      }
      labels.put(parts[0].trim(), parts[1].trim());
    }
    return labels;
  }
}
