package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.AppMasterDecision.Terminate;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.Failure;
import java.time.Duration;
import java.time.Instant;

/**
 * Stops the executors of an application, and ends it once they are gone. The first reason to stop
 * decides the end. Owned by {@link AppMasterState}.
 */
final class Shutdown {
  private final String application;
  private final Duration limit;
  private final PhaseClock clock;
  private final ExecutorTable executors;
  private final CheckpointDuty checkpoints;
  private final StatusBoard board;
  private final Decisions out;

  private ApplicationState target;
  private boolean lastCall;

  /**
   * Nothing is to stop yet.
   *
   * @param limit until tasks have stopped, and again until their executors are gone
   */
  Shutdown(
      String application,
      Duration limit,
      PhaseClock clock,
      ExecutorTable executors,
      CheckpointDuty checkpoints,
      StatusBoard board,
      Decisions out) {
    this.application = application;
    this.limit = limit;
    this.clock = clock;
    this.executors = executors;
    this.checkpoints = checkpoints;
    this.board = board;
    this.out = out;
  }

  /** Whether it stops because somebody asked for it. */
  boolean cancels() {
    return clock.in(Phase.STOPPING) && target == ApplicationState.CANCELLED;
  }

  /** Stops everything, for this end. */
  void stopAll(ApplicationState end, Instant now) {
    boolean recovering = clock.in(Phase.RECOVERING);
    clock.enter(Phase.STOPPING);
    target = end;
    if (!recovering || executors.live().isEmpty()) {
      stopExecutors(end != ApplicationState.COMPLETED, now);
    }
    if (!endWhenAllGone(now)) {
      board.report(now);
    }
  }

  /**
   * Stops the executors.
   *
   * @param tasksFirst whether tasks are to stop and close what they hold before that
   */
  void stopExecutors(boolean tasksFirst, Instant now) {
    checkpoints.end(now);
    lastCall = false;
    clock.limit(limit, now);
    executors.stopAll(tasksFirst);
  }

  /** Ends, unless an executor is left. */
  boolean endWhenAllGone(Instant now) {
    if (!executors.live().isEmpty()) {
      return false;
    }
    end(now);
    return true;
  }

  /** What is to stop for good takes too long. */
  void onDeadline(Instant now) {
    Failure stuck =
        PhaseFailures.late(
            application, "stop-timeout", "stop its executors", limit.multipliedBy(2));
    onDeadline(target, stuck, now);
  }

  /**
   * Executors take too long to stop. Once they are given another time, without their tasks; then it
   * ends without them.
   *
   * @param stuck why it ends, if nothing else is known
   */
  void onDeadline(ApplicationState end, Failure stuck, Instant now) {
    if (lastCall) {
      board.failure(board.failure() == null ? stuck : board.failure());
      target = end;
      end(now);
      return;
    }
    lastCall = true;
    clock.limit(limit, now);
    executors.stopAtLast();
  }

  private void end(Instant now) {
    clock.enter(Phase.ENDED);
    clock.unlimited();
    board.state(target);
    board.ended(now);
    board.report(now);
    out.add(new Terminate());
  }
}
