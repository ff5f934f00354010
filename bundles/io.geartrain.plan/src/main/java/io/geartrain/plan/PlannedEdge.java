package io.geartrain.plan;

/**
 * Joins two steps of the plan.
 *
 * @param index its place among the plan's edges, part of the channels' ids
 * @param from id of the step that gives
 * @param to id of the step that takes
 * @param routing how records find their task
 * @param fused whether both steps run in one task and no channel is between them
 */
public record PlannedEdge(int index, String from, String to, Routing routing, boolean fused) {}
