package io.geartrain.appmaster.internal;

import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What comes of a failure: the application is restarted, once its executors are gone and as the
 * {@link RecoveryPolicy} has it, or it ends. Owned by {@link AppMasterState}.
 */
final class Recovery {
  /**
   * Failures that may be gone at once, though its tasks have never run: another executor comes, and
   * the checkpoint is looked through again before it is read.
   */
  private static final Set<String> PASSING = Set.of(PhaseFailures.LOST, "restore-failed");

  private final String application;
  private final RecoveryPolicy policy;
  private final PhaseClock clock;
  private final ExecutorTable executors;
  private final Shutdown shutdown;
  private final StatusBoard board;
  private final Decisions out;
  private final Consumer<Instant> restart;

  private Instant restartAt;
  private Failure restartedFor;

  /**
   * Nothing has failed yet.
   *
   * @param restart begins again with the last checkpoint
   */
  Recovery(
      String application,
      RecoveryPolicy policy,
      PhaseClock clock,
      ExecutorTable executors,
      Shutdown shutdown,
      StatusBoard board,
      Decisions out,
      Consumer<Instant> restart) {
    this.application = application;
    this.policy = policy;
    this.clock = clock;
    this.executors = executors;
    this.shutdown = shutdown;
    this.board = board;
    this.out = out;
    this.restart = restart;
  }

  /** How many restarts there were in all. */
  int restarts() {
    return policy.total();
  }

  /** Why it was restarted the last time; null if it never was. */
  Failure restartedFor() {
    return restartedFor;
  }

  /** Something failed. */
  void fail(Failure reason, Instant now) {
    if (mayRestart(reason)) {
      Optional<Duration> backoff = policy.onFailure(reason, now);
      if (backoff.isPresent()) {
        recover(reason, backoff.get(), now);
      } else {
        failForGood(policy.verdict(), now);
      }
    } else if (!clock.in(Phase.RECOVERING)) {
      failForGood(reason, now);
    }
  }

  private boolean mayRestart(Failure reason) {
    return switch (clock.phase()) {
      case RUNNING, FINISHING -> true;
      case LAUNCHING, PLANNING, DEPLOYING, INSTALLING ->
          board.hasStarted() || PASSING.contains(reason.code());
      default -> false;
    };
  }

  /** Something failed that no restart mends. */
  void failForGood(Failure reason, Instant now) {
    if (!clock.ends()) {
      board.failure(reason);
      shutdown.stopAll(ApplicationState.FAILED, now);
    }
  }

  private void recover(Failure reason, Duration backoff, Instant now) {
    restartedFor = reason;
    restartAt = now.plus(backoff);
    board.restarted();
    clock.enter(Phase.RECOVERING);
    out.warn(
        "%s failed and is restarted from its last checkpoint: %s", application, reason.message());
    shutdown.stopExecutors(true, now);
    restartWhenAllGone(now);
    board.report(now);
  }

  /** Restarts if no executor is left and it is time; waits without limit for the time alone. */
  void restartWhenAllGone(Instant now) {
    if (executors.live().isEmpty()) {
      clock.unlimited();
      if (!now.isBefore(restartAt)) {
        restart.accept(now);
      }
    }
  }

  /** Time has passed. */
  void tick(Instant now) {
    if (clock.in(Phase.RECOVERING)) {
      restartWhenAllGone(now);
    }
  }

  /** Its executors take too long to stop. */
  void onDeadline(Instant now) {
    shutdown.onDeadline(ApplicationState.FAILED, restartedFor, now);
  }
}
