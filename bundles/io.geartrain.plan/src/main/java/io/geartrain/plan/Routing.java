package io.geartrain.plan;

import io.geartrain.api.Partitioner;

/** How the records of an edge find their receiving task. */
public enum Routing {
  /** Task i hands to task i. */
  FORWARD,
  /** By the key group of the record's key. */
  HASH,
  /** Evenly, by batches, to a task with little waiting. */
  SHUFFLE,
  /** To every task. */
  BROADCAST,
  /** As a function of the application says. */
  CUSTOM;

  /** The routing that a partitioner asks for. */
  public static Routing of(Partitioner<?> partitioner) {
    if (partitioner instanceof Partitioner.Forward) {
      return FORWARD;
    }
    if (partitioner instanceof Partitioner.Hash) {
      return HASH;
    }
    if (partitioner instanceof Partitioner.Shuffle) {
      return SHUFFLE;
    }
    return partitioner instanceof Partitioner.Broadcast ? BROADCAST : CUSTOM;
  }
}
