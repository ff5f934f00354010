package io.geartrain.plan;

/**
 * A step of the plan.
 *
 * @param id unique within the plan
 * @param kind what it is
 * @param parallelism how many tasks run it
 * @param chain index of the chain that it is fused into
 * @param outputType class name of the records that leave it; empty for a sink
 * @param blocking whether its code may block, so that its tasks have threads of their own
 */
public record PlannedProcessor(
    String id, Kind kind, int parallelism, int chain, String outputType, boolean blocking) {
  /** What a step is. */
  public enum Kind {
    /** Brings records in. */
    SOURCE,
    /** Turns records into others. */
    OPERATOR,
    /** Takes records out. */
    SINK
  }
}
