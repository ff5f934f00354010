package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.ExecutorEntry.Step;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.Placement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Brings a plan onto the slots that the application has: one executor on each worker, and the tasks
 * of its slices in it. Owned by {@link AppMasterState}.
 */
final class Deployment {
  private final long epoch;
  private final Limits limits;
  private final PhaseClock clock;
  private final ExecutorTable executors;
  private final CheckpointDuty checkpoints;
  private final StatusBoard board;

  private Map<Integer, Placement> placement = Map.of();
  private int attempt;

  Deployment(
      long epoch,
      Limits limits,
      PhaseClock clock,
      ExecutorTable executors,
      CheckpointDuty checkpoints,
      StatusBoard board) {
    this.epoch = epoch;
    this.limits = limits;
    this.clock = clock;
    this.executors = executors;
    this.checkpoints = checkpoints;
    this.board = board;
  }

  /** Whether there are slots, which stay the application's own until it ends. */
  boolean hasSlots() {
    return !placement.isEmpty();
  }

  /**
   * The master has decided on slots.
   *
   * @return whether all slices of the plan have one; if not, nothing has changed
   */
  boolean take(List<Placement> decided, ExecutionPlan plan) {
    Map<Integer, Placement> bySlice = new TreeMap<>();
    decided.stream()
        .filter(each -> each.decision() == Placement.Kind.ASSIGN)
        .forEach(each -> bySlice.put(each.slice(), each));
    boolean complete =
        IntStream.range(0, plan.slots()).allMatch(bySlice::containsKey)
            && bySlice.size() == plan.slots();
    if (complete) {
      placement = Collections.unmodifiableMap(bySlice);
    }
    return complete;
  }

  /** Has executors launched where there are slots. */
  void begin(ExecutionPlan plan, Instant now) {
    clock.enter(Phase.DEPLOYING, ApplicationState.DEPLOYING, limits.launch(), now);
    executors.place(placement);
    board.report(now);
    installWhenAllLaunched(plan, now);
  }

  /** Has the tasks set up as soon as no executor is awaited any more. */
  void installWhenAllLaunched(ExecutionPlan plan, Instant now) {
    if (executors.allUsedAre(Step.IDLE)) {
      clock.enter(Phase.INSTALLING, ApplicationState.DEPLOYING, limits.install(), now);
      attempt++;
      for (ExecutorEntry executor : executors.used()) {
        executor.step(Step.INSTALLING);
        executors.tell(
            executor,
            new InstallPlan(epoch, attempt, plan, executor.slices(), checkpoints.restorePoint()));
      }
    }
  }

  /**
   * An executor has set up its tasks.
   *
   * @return whether all have by that
   */
  boolean installed(ExecutorEntry executor) {
    if (!clock.in(Phase.INSTALLING) || !executor.is(Step.INSTALLING)) {
      return false;
    }
    executor.step(Step.INSTALLED);
    return executors.allUsedAre(Step.INSTALLED);
  }
}
