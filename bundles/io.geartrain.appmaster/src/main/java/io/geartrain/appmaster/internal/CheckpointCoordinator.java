package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.CheckpointDecision.Abort;
import io.geartrain.appmaster.internal.CheckpointDecision.CannotFinish;
import io.geartrain.appmaster.internal.CheckpointDecision.Commit;
import io.geartrain.appmaster.internal.CheckpointDecision.Release;
import io.geartrain.appmaster.internal.CheckpointDecision.Resolve;
import io.geartrain.appmaster.internal.CheckpointDecision.Store;
import io.geartrain.appmaster.internal.CheckpointDecision.Trigger;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.state.Manifest;
import io.geartrain.state.Manifest.TaskFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The checkpoints of one application, one at a time: asks for each, gathers its parts, has it
 * committed, and tells the sinks. Owned by the app master's actor; knows no clock and no store.
 *
 * <pre>
 * OFF         begin                        IDLE
 * IDLE        interval over, or asked for  Trigger, COLLECTING
 * COLLECTING  part of every task           Store, STORING
 * COLLECTING  time-out, a part failed      Abort, IDLE
 * STORING     committed                    Commit, IDLE
 * STORING     failed: nothing is written   Abort, IDLE
 * STORING     outcome unknown              Resolve once a second, until it is known
 * any         asked to stop                Trigger with hold; Abort lets tasks go on, Commit is the
 *                                          last
 * any         end                          OFF; what was not committed never will be resumed from
 * </pre>
 *
 * <p>What is asked for while a checkpoint is under way becomes the next, right after it. A
 * checkpoint that fails never fails the application, but for the last one, which publishes the rest
 * of the output. Numbers rise and are never used twice. A task that has come to its end still gives
 * its part.
 */
final class CheckpointCoordinator {
  private static final Duration RESOLVE_EVERY = Duration.ofSeconds(1);
  private static final int LAST_ATTEMPTS = 3;

  private enum Phase {
    OFF,
    IDLE,
    COLLECTING,
    STORING
  }

  private final CheckpointLimits limits;
  private final String application;
  private final long epoch;
  private final long planVersion;
  private final List<CheckpointDecision> out = new ArrayList<>();

  private final Set<String> live = new TreeSet<>();
  private final Map<String, TaskFile> parts = new TreeMap<>();
  private final CheckpointRequests requests = new CheckpointRequests(out);

  private Phase phase = Phase.OFF;
  private String fingerprint = "";
  private Map<String, String> states = Map.of();
  private long last;
  private Manifest storing;
  private Instant begunAt;
  private Instant nextAt;
  private Instant resolveAt;
  private boolean finishing;
  private boolean lastOne;
  private boolean stopping;
  private boolean over;
  private int lastFailures;

  private long completed;
  private long failed;
  private long committed;
  private long published;
  private Instant committedAt;
  private Duration duration = Duration.ZERO;
  private long bytes;
  private String problem;

  CheckpointCoordinator(CheckpointLimits limits, String application, long epoch, long planVersion) {
    this.limits = limits;
    this.application = application;
    this.epoch = epoch;
    this.planVersion = planVersion;
  }

  /**
   * The tasks run.
   *
   * @param planFingerprint of the plan that they follow
   * @param planStates what its steps keep
   * @param tasks ids of all tasks
   * @param lastUsed the greatest number that any checkpoint of the application ever had; 0 = none
   */
  List<CheckpointDecision> begin(
      String planFingerprint,
      Map<String, String> planStates,
      Set<String> tasks,
      long lastUsed,
      Instant now) {
    if (phase != Phase.OFF) {
      throw new IllegalStateException("tasks that run have not been ended");
    }
    fingerprint = planFingerprint;
    states = planStates;
    last = Math.max(last, lastUsed);
    live.addAll(tasks);
    over = false;
    phase = Phase.IDLE;
    nextAt = now.plus(limits.interval());
    return drain();
  }

  /** The tasks are being stopped, or have stopped. */
  List<CheckpointDecision> end() {
    if (phase == Phase.COLLECTING || phase == Phase.STORING) {
      failed++;
      problem = "checkpoint " + last + " was given up, for the tasks were stopped";
    }
    requests.over(last, "the tasks of " + application + " were stopped");
    phase = Phase.OFF;
    finishing = false;
    stopping = false;
    storing = null;
    live.clear();
    parts.clear();
    return drain();
  }

  /** Somebody wants a checkpoint. */
  List<CheckpointDecision> request(String request, CheckpointWish wish, Instant now) {
    if (phase == Phase.OFF || finishing || over) {
      requests.refuse(
          request,
          "wrong-state",
          application + (phase == Phase.OFF ? " has no running tasks" : " is about to end"));
    } else if (wish.savepoint() && requests.hasSavepoint()) {
      requests.refuse(
          request, "savepoint-under-way", "another savepoint of " + application + " is being made");
    } else {
      requests.add(request, wish, last + 1);
      if (phase == Phase.IDLE) {
        trigger(now);
      }
    }
    return drain();
  }

  /** A task has stored its part. Told again, or for another checkpoint, nothing happens. */
  List<CheckpointDecision> onPart(long checkpoint, TaskFile part, Instant now) {
    if (phase == Phase.COLLECTING && checkpoint == last && live.contains(part.task())) {
      parts.put(part.task(), part);
      storeWhenComplete(now);
    }
    return drain();
  }

  /** A task could not store its part. */
  List<CheckpointDecision> onPartFailed(long checkpoint, String task, String reason, Instant now) {
    if (phase == Phase.COLLECTING && checkpoint == last) {
      abort("task " + task + ": " + reason, now);
    }
    return drain();
  }

  /** All tasks have come to their end: one more checkpoint, and all is published. */
  List<CheckpointDecision> finish(Instant now) {
    if (phase != Phase.OFF && !finishing && !over) {
      finishing = true;
      lastFailures = 0;
      if (phase == Phase.IDLE) {
        trigger(now);
      }
    }
    return drain();
  }

  /** The checkpoint stands. */
  List<CheckpointDecision> onCommitted(long checkpoint, Instant now) {
    if (phase == Phase.STORING && checkpoint == storing.checkpoint()) {
      completed++;
      committed = checkpoint;
      committedAt = now;
      duration = Duration.between(begunAt, now);
      bytes = bytes(storing);
      problem = null;
      over = lastOne || stopping;
      out.add(new Commit(checkpoint, over));
      requests.stands(checkpoint);
      idle(now);
      if (over) {
        nextAt = Instant.MAX;
      } else if (finishing) {
        trigger(now);
      } else {
        triggerAsked(now);
      }
    }
    return drain();
  }

  /** The checkpoint does not stand and never will. */
  List<CheckpointDecision> onCommitFailed(long checkpoint, String reason, Instant now) {
    if (phase == Phase.STORING && checkpoint == storing.checkpoint()) {
      abort(reason, now);
    }
    return drain();
  }

  /** Nobody knows whether the checkpoint stands; until that is known there is no other. */
  List<CheckpointDecision> onCommitUnknown(long checkpoint, Instant now) {
    if (phase == Phase.STORING && checkpoint == storing.checkpoint()) {
      resolveAt = now.plus(RESOLVE_EVERY);
    }
    return drain();
  }

  /** All output up to a checkpoint is visible. */
  List<CheckpointDecision> onPublished(long checkpoint) {
    published = Math.max(published, checkpoint);
    requests.published(checkpoint);
    return drain();
  }

  /** Time has passed; called a few times a second. */
  List<CheckpointDecision> tick(Instant now) {
    switch (phase) {
      case IDLE -> {
        if ((limits.enabled() || finishing) && !now.isBefore(nextAt)) {
          trigger(now);
        }
      }
      case COLLECTING -> {
        if (!now.isBefore(begunAt.plus(limits.timeout()))) {
          Set<String> missing = new TreeSet<>(live);
          missing.removeAll(parts.keySet());
          abort(
              "no part of %s within %d s; see how blocked they are"
                  .formatted(String.join(", ", missing), limits.timeout().toSeconds()),
              now);
        }
      }
      case STORING -> {
        if (resolveAt != null && !now.isBefore(resolveAt)) {
          resolveAt = null;
          out.add(new Resolve(storing.checkpoint()));
        }
      }
      case OFF -> {}
    }
    return drain();
  }

  /** How many stand that were made since this app master began. */
  long completed() {
    return completed;
  }

  /** How many were given up. */
  long failed() {
    return failed;
  }

  /** The number of the last that stands; 0 = none was made yet. */
  long committed() {
    return committed;
  }

  /** The number of the last whose output is known to be visible; 0 = none. */
  long published() {
    return published;
  }

  /** When it was committed; null = none was. */
  Instant committedAt() {
    return committedAt;
  }

  /** How long it took. */
  Duration duration() {
    return duration;
  }

  /** How many bytes its files have. */
  long bytes() {
    return bytes;
  }

  /** Why the last one failed; null if it did not. */
  String problem() {
    return problem;
  }

  private void trigger(Instant now) {
    last++;
    begunAt = now;
    parts.clear();
    lastOne = finishing;
    requests.begun();
    stopping = !finishing && requests.stops();
    phase = Phase.COLLECTING;
    out.add(new Trigger(last, stopping));
  }

  private void triggerAsked(Instant now) {
    if (requests.isWaiting()) {
      trigger(now);
    }
  }

  private void storeWhenComplete(Instant now) {
    if (!parts.keySet().containsAll(live)) {
      return;
    }
    storing =
        new Manifest(
            application,
            last,
            epoch,
            planVersion,
            fingerprint,
            now.toEpochMilli(),
            requests.savepoint().isPresent(),
            states,
            List.copyOf(parts.values()));
    resolveAt = null;
    phase = Phase.STORING;
    out.add(new Store(storing, record(now)));
  }

  private StandingCheckpoint record(Instant now) {
    return new StandingCheckpoint(
        application,
        last,
        storing.name(),
        now,
        Duration.between(begunAt, now).toMillis(),
        bytes(storing),
        fingerprint,
        requests.savepoint().map(CheckpointWish::label).orElse(null),
        requests.principal(),
        stopping);
  }

  private static long bytes(Manifest manifest) {
    return manifest.tasks().stream().mapToLong(part -> part.receipt().length()).sum();
  }

  private void abort(String reason, Instant now) {
    failed++;
    problem = "checkpoint " + last + " failed: " + reason;
    out.add(new Abort(last, reason));
    requests.failed(last, reason);
    if (stopping) {
      stopping = false;
      out.add(new Release(last));
    }
    idle(now);
    if (lastOne && ++lastFailures >= LAST_ATTEMPTS) {
      nextAt = Instant.MAX;
      out.add(new CannotFinish(problem));
    } else if (!lastOne) {
      triggerAsked(now);
    }
  }

  private void idle(Instant now) {
    phase = Phase.IDLE;
    storing = null;
    parts.clear();
    Instant earliest = now.plus(limits.minPause());
    Instant regular = begunAt.plus(limits.interval());
    nextAt = finishing || regular.isBefore(earliest) ? earliest : regular;
  }

  private List<CheckpointDecision> drain() {
    List<CheckpointDecision> decisions = List.copyOf(out);
    out.clear();
    return decisions;
  }
}
