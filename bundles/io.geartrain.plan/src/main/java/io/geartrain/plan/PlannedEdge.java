package io.geartrain.plan;

import io.geartrain.api.OutputTag;

/**
 * Joins two steps of the plan.
 *
 * @param index its place among the plan's edges, part of the channels' ids
 * @param from id of the step that gives
 * @param output which of its outputs
 * @param to id of the step that takes
 * @param routing how records find their task
 * @param fused whether both steps run in one task and no channel is between them
 * @param combined whether the sender folds the records of each key and window, and sends what they
 *     make together
 */
public record PlannedEdge(
    int index,
    String from,
    String output,
    String to,
    Routing routing,
    boolean fused,
    boolean combined) {
  /** Whether it leaves the main output. */
  public boolean isMain() {
    return output.equals(OutputTag.MAIN);
  }
}
