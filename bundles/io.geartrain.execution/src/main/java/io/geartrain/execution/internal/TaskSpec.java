package io.geartrain.execution.internal;

import io.geartrain.api.ProcessorContext;
import io.geartrain.api.Settings;
import io.geartrain.api.SourceSplit;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import java.util.ArrayList;
import java.util.List;

/**
 * Which task of which plan; immutable.
 *
 * @param plan the whole plan
 * @param chain what the task runs
 * @param index which of the chain's tasks it is
 * @param applicationId id of this run of the application
 * @param settings what was set at submission
 * @param sizes how much each channel holds
 */
public record TaskSpec(
    ExecutionPlan plan,
    PlannedChain chain,
    int index,
    String applicationId,
    Settings settings,
    ChannelSizes sizes) {
  /** The chain's head and the task's index. */
  public String id() {
    return chain.taskId(index);
  }

  /** What one of the chain's steps knows of itself. */
  ProcessorContext contextOf(String processorId, Outlets outlets) {
    return new StepContext(
        applicationId, processorId, index, chain.parallelism(), settings, outlets);
  }

  /** The task's share of a source's splits. */
  List<SourceSplit> splitsOf(String sourceId) {
    List<SourceSplit> all = plan.splits().getOrDefault(sourceId, List.of());
    List<SourceSplit> own = new ArrayList<>();
    for (int i = index; i < all.size(); i += chain.parallelism()) {
      own.add(all.get(i));
    }
    return own;
  }
}
