package io.geartrain.appmaster.internal;

import io.geartrain.metrics.TaskMetrics;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import io.geartrain.plan.PlannedProcessor;
import io.geartrain.plan.PlannedProcessor.Kind;
import io.geartrain.protocol.AuditStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums up what tasks found when they compared what they were sent with what came. A task begins
 * anew after a restart; what it had found before stays in the sum. Owned by the state.
 */
final class AuditLedger {
  private final ExecutionPlan plan;
  private final Map<String, TaskMetrics> tasks = new HashMap<>();
  private final Map<String, AuditStatus> before = new HashMap<>();

  AuditLedger(ExecutionPlan plan) {
    this.plan = plan;
  }

  /** Takes the counters of some tasks. */
  void accept(List<TaskMetrics> reported) {
    reported.forEach(metrics -> tasks.put(metrics.taskId(), metrics));
  }

  /** All tasks begin anew. */
  void restart() {
    for (PlannedChain chain : plan.chains()) {
      before.merge(chain.head(), now(chain), AuditStatus::plus);
    }
    tasks.clear();
  }

  /** Of a step; null if no records come to it by channels. */
  AuditStatus of(PlannedProcessor step) {
    PlannedChain chain = plan.chains().get(step.chain());
    return step.kind() == Kind.SOURCE || !chain.head().equals(step.id()) ? null : of(chain);
  }

  /** Of all steps. */
  AuditStatus total() {
    return plan.chains().stream().map(this::of).reduce(AuditStatus.NONE, AuditStatus::plus);
  }

  private AuditStatus of(PlannedChain chain) {
    return now(chain).plus(before.getOrDefault(chain.head(), AuditStatus.NONE));
  }

  private AuditStatus now(PlannedChain chain) {
    AuditStatus sum = AuditStatus.NONE;
    for (int index = 0; index < chain.parallelism(); index++) {
      TaskMetrics task = tasks.get(chain.taskId(index));
      if (task != null) {
        sum = sum.plus(new AuditStatus(task.audited(), task.lost(), task.duplicated()));
      }
    }
    return sum;
  }
}
