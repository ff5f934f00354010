package io.geartrain.execution;

import io.geartrain.api.Topology;
import io.geartrain.execution.internal.ChannelTable;
import io.geartrain.execution.internal.TaskSpec;
import io.geartrain.plan.ChannelMode;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import io.geartrain.time.SourcePace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the tasks of a plan and joins them by channels, by reference or as bytes as the settings
 * say; runs no code of the application.
 */
public final class ExecutionBuilder {
  private ExecutionBuilder() {}

  /**
   * Makes all tasks of the plan in this JVM; none has run yet.
   *
   * @param plan with its splits
   * @param definition runs the application's definition on a fresh instance; called in the first
   *     turn of each task
   */
  public static LocalExecution build(
      ExecutionPlan plan, Supplier<Topology> definition, RunContext context) {
    Set<Integer> all =
        IntStream.range(0, plan.slots()).boxed().collect(Collectors.toUnmodifiableSet());
    return build(plan, definition, all, context);
  }

  /**
   * Makes the tasks of some slices.
   *
   * @param slices task i of every chain belongs to slice i
   * @throws IllegalArgumentException if a slice is missing: channels to other JVMs are not there
   */
  public static LocalExecution build(
      ExecutionPlan plan, Supplier<Topology> definition, Set<Integer> slices, RunContext context) {
    return build(plan, definition, slices, context, null, null);
  }

  /**
   * Makes the tasks of some slices, which may be asked for checkpoints and may begin with one.
   *
   * @param slices task i of every chain belongs to slice i
   * @param checkpointing where snapshots go; null if there will be none
   * @param restore the checkpoint to begin with; null to begin anew
   * @throws IllegalArgumentException if a slice is missing: channels to other JVMs are not there
   */
  public static LocalExecution build(
      ExecutionPlan plan,
      Supplier<Topology> definition,
      Set<Integer> slices,
      RunContext context,
      Checkpointing checkpointing,
      RestoreFrom restore) {
    for (int slice = 0; slice < plan.slots(); slice++) {
      if (!slices.contains(slice)) {
        throw new IllegalArgumentException(
            "slice %d of %d is not assigned to this JVM; all slices of an application must be"
                .formatted(slice, plan.slots()));
      }
    }
    ChannelTable channels =
        new ChannelTable(
            plan,
            context.incarnation(),
            context.sizes(),
            ChannelMode.of(context.settings()),
            context.classLoader());
    SourcePace pace = new SourcePace();
    List<Task> tasks = new ArrayList<>();
    for (PlannedChain chain : plan.chains()) {
      for (int index = 0; index < chain.parallelism(); index++) {
        TaskSpec spec =
            new TaskSpec(
                plan, chain, index, context.applicationId(), context.settings(), context.sizes());
        TaskLoop loop =
            new TaskLoop(spec, definition, channels, pace, context, checkpointing, restore);
        channels.add(chain, index, loop);
        tasks.add(loop);
      }
    }
    return new LocalExecution(tasks, channels.open());
  }
}
