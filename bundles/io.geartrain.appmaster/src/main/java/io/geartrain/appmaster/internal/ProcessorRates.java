package io.geartrain.appmaster.internal;

import io.geartrain.metrics.LatencySum;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.ProcessorMetrics;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedProcessor;
import io.geartrain.protocol.ApplicationStatus.EdgeStatus;
import io.geartrain.protocol.HealthStatus;
import io.geartrain.protocol.LatencyStatus;
import io.geartrain.protocol.ProcessorHealth;
import io.geartrain.protocol.ProcessorStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Sums the counters of tasks up by step and for the whole, and turns their growth into rates. Owned
 * by the state.
 */
final class ProcessorRates {
  /** Snapshots closer than this tell no new rate; their totals are taken all the same. */
  private static final Duration SHORTEST = Duration.ofMillis(200);

  private final ExecutionPlan plan;
  private final AuditLedger audit;
  private final ClockService clock;
  private final StallBoard stalls = new StallBoard();
  private final Map<String, Growth> tasks = new HashMap<>();

  ProcessorRates(ExecutionPlan plan) {
    this(plan, new AuditLedger(plan));
  }

  private ProcessorRates(ExecutionPlan plan, AuditLedger audit) {
    this.plan = plan;
    this.audit = audit;
    this.clock = new ClockService(plan);
  }

  /** All tasks begin anew; what was audited before stays in the sum. */
  ProcessorRates restarted() {
    audit.restart();
    return new ProcessorRates(plan, audit);
  }

  /** Takes the counters of some tasks. */
  void accept(List<TaskMetrics> reported, Instant now) {
    audit.accept(reported);
    clock.accept(reported, now);
    for (TaskMetrics metrics : reported) {
      Growth last = tasks.get(metrics.taskId());
      tasks.put(metrics.taskId(), last == null ? Growth.from(metrics, now) : last.to(metrics, now));
    }
  }

  /** Where stalls of these tasks are kept. */
  StallBoard stalls() {
    return stalls;
  }

  /** Nothing flows any more: the totals stay, the rates become zero. */
  void stop() {
    clock.stop();
    stalls.clear();
    tasks.replaceAll((id, growth) -> Growth.from(growth.last, growth.at));
  }

  /** Each step of the plan, in its order. */
  List<ProcessorStatus> statuses() {
    return plan.processors().stream().map(this::status).toList();
  }

  /** Each edge of the plan, in its order. */
  List<EdgeStatus> edges() {
    return plan.edges().stream()
        .map(e -> new EdgeStatus(e.from(), e.to(), e.routing().name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** The application as a whole. */
  HealthStatus health() {
    return new HealthStatus(audit.total(), clock.status(), stalls.status());
  }

  private ProcessorStatus status(PlannedProcessor step) {
    List<Growth> growths = tasks.values().stream().filter(g -> g.runs(step.id())).toList();
    Long watermark = watermark(growths, step.parallelism());
    return new ProcessorStatus(
        step.id(),
        step.kind().name(),
        step.parallelism(),
        step.chain(),
        growths.stream().mapToLong(g -> g.total(step.id(), ProcessorMetrics::recordsIn)).sum(),
        growths.stream().mapToLong(g -> g.total(step.id(), ProcessorMetrics::recordsOut)).sum(),
        sum(growths, g -> g.perSecond(step.id(), ProcessorMetrics::recordsIn)),
        sum(growths, g -> g.perSecond(step.id(), ProcessorMetrics::recordsOut)),
        mean(growths, g -> g.percent(TaskMetrics::busyNanos)),
        mean(growths, g -> g.percent(TaskMetrics::blockedNanos)),
        watermark,
        health(step, growths, watermark));
  }

  private ProcessorHealth health(PlannedProcessor step, List<Growth> growths, Long watermark) {
    return new ProcessorHealth(
        audit.of(step),
        growths.stream().mapToLong(g -> g.total(step.id(), ProcessorMetrics::recordsLate)).sum(),
        growths.stream().mapToLong(g -> g.total(step.id(), ProcessorMetrics::recordsDropped)).sum(),
        clock.lagMs(watermark),
        latency(step, growths));
  }

  /** Records reach the head of a chain by channels, the other steps by calls. */
  private LatencyStatus latency(PlannedProcessor step, List<Growth> growths) {
    LatencySum sum = new LatencySum();
    if (plan.chains().get(step.chain()).head().equals(step.id())) {
      growths.forEach(g -> sum.add(g.base.latencies(), g.head.latencies()));
    }
    return sum.count() == 0
        ? null
        : new LatencyStatus(sum.percentileNanos(50), sum.percentileNanos(99), sum.maxNanos());
  }

  private static double sum(List<Growth> growths, ToDoubleFunction<Growth> value) {
    return growths.stream().mapToDouble(value).sum();
  }

  private static double mean(List<Growth> growths, ToDoubleFunction<Growth> value) {
    return growths.stream().mapToDouble(value).average().orElse(0);
  }

  private static Long watermark(List<Growth> growths, int parallelism) {
    if (growths.size() < parallelism) {
      return null;
    }
    long least = growths.stream().mapToLong(g -> g.last.watermark()).min().orElse(Long.MIN_VALUE);
    return least == Long.MIN_VALUE ? null : least;
  }

  /**
   * Two snapshots of a task: {@code base} to {@code head} tell the rate, {@code last} the totals.
   */
  private record Growth(
      TaskMetrics base, TaskMetrics head, double seconds, TaskMetrics last, Instant at) {

    static Growth from(TaskMetrics metrics, Instant now) {
      return new Growth(metrics, metrics, 0, metrics, now);
    }

    Growth to(TaskMetrics next, Instant now) {
      Duration passed = Duration.between(at, now);
      return passed.compareTo(SHORTEST) < 0
          ? new Growth(base, head, seconds, next, at)
          : new Growth(head, next, passed.toNanos() / 1e9, next, now);
    }

    boolean runs(String processorId) {
      return last.processors().stream().anyMatch(p -> p.processorId().equals(processorId));
    }

    long total(String processorId, ToLongFunction<ProcessorMetrics> counter) {
      return count(last, processorId, counter);
    }

    double perSecond(String processorId, ToLongFunction<ProcessorMetrics> counter) {
      return seconds == 0
          ? 0
          : (count(head, processorId, counter) - count(base, processorId, counter)) / seconds;
    }

    double percent(ToLongFunction<TaskMetrics> nanos) {
      return seconds == 0
          ? 0
          : Math.min(
              100, (nanos.applyAsLong(head) - nanos.applyAsLong(base)) / (seconds * 1e9) * 100);
    }

    private static long count(
        TaskMetrics metrics, String processorId, ToLongFunction<ProcessorMetrics> counter) {
      return metrics.processors().stream()
          .filter(p -> p.processorId().equals(processorId))
          .mapToLong(counter)
          .sum();
    }
  }
}
