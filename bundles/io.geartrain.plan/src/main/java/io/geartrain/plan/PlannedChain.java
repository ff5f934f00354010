package io.geartrain.plan;

import java.util.List;

/**
 * Steps that run in one task, called directly.
 *
 * @param index its place among the plan's chains
 * @param processors ids in the order of the records' way, the head first
 * @param parallelism how many tasks run the chain
 * @param blocking whether its code may block; then it is of one step
 */
public record PlannedChain(int index, List<String> processors, int parallelism, boolean blocking) {
  /** Copies the list. */
  public PlannedChain {
    processors = List.copyOf(processors);
  }

  /** The step that the records reach first; it names the chain's tasks. */
  public String head() {
    return processors.get(0);
  }

  /** Id of one of the chain's tasks, {@code count/3}. */
  public String taskId(int taskIndex) {
    return head() + "/" + taskIndex;
  }
}
