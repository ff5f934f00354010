package io.geartrain.appmaster.internal;

import io.geartrain.metrics.TaskMetrics;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToMaster.StatusReport;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.CheckpointStatus;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.HealthStatus;
import io.geartrain.protocol.Stall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** What is told of one application, and when. Owned by {@link AppMasterState}. */
final class StatusBoard {
  private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

  private final String application;
  private final long epoch;
  private final Supplier<CheckpointStatus> checkpoints;
  private final Decisions out;

  private ApplicationState state = ApplicationState.SUBMITTED;
  private ExecutionPlan plan;
  private ProcessorRates rates;
  private Failure failure;
  private Instant reportedAt;
  private Instant startedAt;
  private Instant endedAt;

  /**
   * Nothing has happened yet.
   *
   * @param checkpoints how these stand
   */
  StatusBoard(
      String application, long epoch, Supplier<CheckpointStatus> checkpoints, Decisions out) {
    this.application = application;
    this.epoch = epoch;
    this.checkpoints = checkpoints;
    this.out = out;
  }

  ApplicationState state() {
    return state;
  }

  void state(ApplicationState shown) {
    state = shown;
  }

  /** Why it ends, or has ended; null if nothing went wrong. */
  Failure failure() {
    return failure;
  }

  void failure(Failure reason) {
    failure = reason;
  }

  /** The plan is there. */
  void plan(ExecutionPlan made) {
    plan = made;
    rates = new ProcessorRates(made);
  }

  /** The tasks run, perhaps once more. */
  void started(Instant now) {
    startedAt = startedAt == null ? now : startedAt;
  }

  /** Whether its tasks have ever run. */
  boolean hasStarted() {
    return startedAt != null;
  }

  /** All begins again; tasks that ran once are shown as running. */
  void restarted() {
    rates = rates == null ? null : rates.restarted();
    state = hasStarted() ? ApplicationState.RUNNING : state;
  }

  /** It has ended. */
  void ended(Instant now) {
    endedAt = now;
    if (rates != null) {
      rates.stop();
    }
  }

  /** Tasks of the plan tell their counters. */
  void metrics(List<TaskMetrics> tasks, Instant now) {
    rates.accept(tasks, now);
  }

  /** A task of the plan does not come back from the application's code. */
  void stalled(Stall stall) {
    rates.stalls().onStalled(stall);
  }

  /** It has come back. */
  void moved(String task) {
    rates.stalls().onMoved(task);
  }

  /** Reports if that was long ago. */
  void reportWhenDue(Instant now) {
    if (!now.isBefore(reportedAt.plus(REPORT_EVERY))) {
      report(now);
    }
  }

  /** Reports. */
  void report(Instant now) {
    reportedAt = now;
    out.tellMaster(new StatusReport(status()));
  }

  private ApplicationStatus status() {
    return new ApplicationStatus(
        application,
        epoch,
        state,
        startedAt,
        endedAt,
        rates == null ? List.of() : rates.statuses(),
        rates == null ? List.of() : rates.edges(),
        plan == null ? "" : plan.toDagText(),
        plan == null ? null : plan.fingerprint(),
        failure,
        checkpoints.get(),
        rates == null ? HealthStatus.NONE : rates.health());
  }
}
