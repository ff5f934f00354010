package io.geartrain.appmaster.internal;

import io.geartrain.appmaster.internal.AppMasterDecision.FindCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.ResolveCheckpoint;
import io.geartrain.appmaster.internal.AppMasterDecision.StoreCheckpoint;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedChain;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.ReleaseTasks;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.CheckpointStatus;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.state.Manifest;
import io.geartrain.state.Manifest.TaskFile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an application has to do with its checkpoints: finds the one to begin with, has executors
 * and the store do what {@link CheckpointCoordinator} decides, and sees the output published at the
 * end. Owned by {@link AppMasterState}.
 */
final class CheckpointDuty {
  private static final Duration SEARCH_EVERY = Duration.ofSeconds(1);
  private static final int PLAN_VERSION = 1;

  private final String application;
  private final long epoch;
  private final CheckpointLimits limits;
  private final ExecutorTable executors;
  private final Decisions out;
  private final Ending ending;
  private final CheckpointCoordinator coordinator;
  private final Set<String> published = new HashSet<>();
  private final Map<String, Long> visible = new HashMap<>();

  /** Hears how the application has to end. */
  interface Ending {
    /** It has to fail for good. */
    void onFatal(Failure reason, Instant now);

    /** Its last checkpoint stands, and executors publish: nothing comes after. */
    void onLastCommit(Instant now);
  }

  private boolean stopped;
  private Manifest restored;
  private List<String> dropped = List.of();
  private long lastUsed;
  private Instant searchAt;

  /**
   * Nothing is known of any checkpoint yet.
   *
   * @param ending hears how the application has to end
   */
  CheckpointDuty(
      String application,
      long epoch,
      CheckpointLimits limits,
      ExecutorTable executors,
      Decisions out,
      Ending ending) {
    this.application = application;
    this.epoch = epoch;
    this.limits = limits;
    this.executors = executors;
    this.out = out;
    this.ending = ending;
    this.coordinator = new CheckpointCoordinator(limits, application, epoch, PLAN_VERSION);
  }

  // ---- what to begin with

  /** Looks for the last checkpoint. */
  void find() {
    searchAt = null;
    out.add(new FindCheckpoint());
  }

  /** The metadata do not answer; the search is repeated. */
  void findLater(Instant now) {
    searchAt = now.plus(SEARCH_EVERY);
  }

  /** Repeats the search if it is time. */
  void findWhenDue(Instant now) {
    if (searchAt != null && !now.isBefore(searchAt)) {
      find();
    }
  }

  /** The last checkpoint is found and whole, or there is none. */
  void found(CheckpointLog.Found found) {
    restored = found.manifest().orElse(null);
    dropped = List.of();
    lastUsed = found.lastUsed();
    stopped = found.stop();
    searchAt = null;
  }

  /**
   * A checkpoint of another application is found and whole.
   *
   * @param leftOut ids of the steps whose state is left out
   * @param used the greatest number that any checkpoint has had
   */
  void foundStart(Manifest manifest, List<String> leftOut, long used) {
    restored = manifest;
    dropped = leftOut;
    lastUsed = used;
    stopped = false;
    searchAt = null;
  }

  /** Whether the application was stopped with its last checkpoint, and may not go on after it. */
  boolean isStopped() {
    return stopped;
  }

  /** What tasks begin with; null = from the start. */
  Restore restorePoint() {
    return restored == null
        ? null
        : new Restore(
            restored.application(), restored.checkpoint(), restored.name(), dropped, stopped);
  }

  // ---- while tasks run

  /** The tasks run; those of a stopped application only publish, and no checkpoint is made. */
  void begin(ExecutionPlan plan, Instant now) {
    published.clear();
    visible.clear();
    if (stopped) {
      return;
    }
    carryOut(
        coordinator.begin(plan.fingerprint(), plan.states(), taskIds(plan), lastUsed, now), now);
  }

  /** The tasks are being stopped. */
  void end(Instant now) {
    carryOut(coordinator.end(), now);
  }

  /** Time has passed. */
  void tick(Instant now) {
    carryOut(coordinator.tick(now), now);
  }

  /** Somebody asks for one. */
  void request(MakeCheckpoint asked, Instant now) {
    carryOut(coordinator.request(asked.request(), asked.wish(), now), now);
  }

  /** A task has stored its part; one of an executor of the past is dropped. */
  void onPart(SnapshotTaken message, Instant now) {
    if (executors.has(message.executorId(), message.part().task())) {
      carryOut(coordinator.onPart(message.checkpoint(), file(message.part()), now), now);
    }
  }

  /** A task could not store its part; one of an executor of the past is dropped. */
  void onPartFailed(SnapshotFailed message, Instant now) {
    if (executors.has(message.executorId(), message.taskId())) {
      carryOut(
          coordinator.onPartFailed(message.checkpoint(), message.taskId(), message.reason(), now),
          now);
    }
  }

  /** A checkpoint stands. */
  void onCommitted(long checkpoint, Instant now) {
    carryOut(coordinator.onCommitted(checkpoint, now), now);
  }

  /** A checkpoint does not stand and never will. */
  void onCommitFailed(long checkpoint, String reason, Instant now) {
    carryOut(coordinator.onCommitFailed(checkpoint, reason, now), now);
  }

  /** Nobody knows whether the checkpoint stands. */
  void onCommitUnknown(long checkpoint, Instant now) {
    carryOut(coordinator.onCommitUnknown(checkpoint, now), now);
  }

  // ---- the end

  /** All tasks have come to their end: publishes all, with one more checkpoint if there are any. */
  void finish(Instant now) {
    if (stopped) {
      publish(restored.checkpoint(), true);
    } else if (limits.enabled() || restored != null || coordinator.committed() > 0) {
      carryOut(coordinator.finish(now), now);
    } else {
      publish(0, true);
    }
  }

  /**
   * An executor has made visible what was made ready up to a checkpoint.
   *
   * @return whether the output of a checkpoint is now visible of all
   */
  boolean onPublished(String executorId, long checkpoint, Instant now) {
    visible.merge(executorId, checkpoint, Math::max);
    long least =
        executors.used().stream()
            .mapToLong(each -> visible.getOrDefault(each.id(), 0L))
            .min()
            .orElse(0);
    boolean more = least > coordinator.published();
    carryOut(coordinator.onPublished(least), now);
    return more;
  }

  /** An executor has published the rest; whether all have now. */
  boolean onAllPublished(String executorId, long checkpoint, Instant now) {
    onPublished(executorId, checkpoint, now);
    return published.add(executorId)
        && executors.used().stream().allMatch(each -> published.contains(each.id()));
  }

  private void publish(long checkpoint, boolean last) {
    executors.tellUsed(new CommitCheckpoint(epoch, checkpoint, last));
  }

  /** What would be published without the checkpoint would be published again after a restart. */
  private void onCannotFinish(String reason, Instant now) {
    ending.onFatal(
        Failure.of(
            "last-checkpoint-failed",
            "all input is processed, but its output can't be published: " + reason,
            "mend the cause; nothing after the last checkpoint is published"),
        now);
  }

  // ----

  private void carryOut(List<CheckpointDecision> decisions, Instant now) {
    for (CheckpointDecision decision : decisions) {
      if (decision instanceof CheckpointDecision.Trigger trigger) {
        executors.tellUsed(new TriggerCheckpoint(epoch, trigger.checkpoint(), trigger.hold()));
      } else if (decision instanceof CheckpointDecision.Release release) {
        executors.tellUsed(new ReleaseTasks(epoch, release.checkpoint()));
      } else if (decision instanceof CheckpointDecision.Store store) {
        out.add(new StoreCheckpoint(store.manifest(), store.record()));
      } else if (decision instanceof CheckpointDecision.Resolve resolve) {
        out.add(new ResolveCheckpoint(resolve.checkpoint()));
      } else if (decision instanceof CheckpointDecision.Commit commit) {
        publish(commit.checkpoint(), commit.last());
        if (commit.last()) {
          ending.onLastCommit(now);
        }
      } else if (decision instanceof CheckpointDecision.Abort abort) {
        out.warn(
            "Checkpoint %d of %s is given up: %s", abort.checkpoint(), application, abort.reason());
      } else if (decision instanceof CheckpointDecision.Answer answer) {
        out.tellMaster(
            new CheckpointAnswer(
                application,
                epoch,
                answer.request(),
                answer.number(),
                answer.outcome(),
                answer.code(),
                answer.problem()));
      } else if (decision instanceof CheckpointDecision.CannotFinish cannot) {
        onCannotFinish(cannot.reason(), now);
      }
    }
  }

  /** How the checkpoints stand, and the restarts. */
  CheckpointStatus status(int restarts, Failure restartedFor) {
    long from = restored == null ? 0 : restored.checkpoint();
    boolean own = restored != null && restored.application().equals(application);
    return new CheckpointStatus(
        Math.max(own ? from : 0, coordinator.committed()),
        coordinator.committedAt(),
        coordinator.duration().toMillis(),
        coordinator.bytes(),
        coordinator.completed(),
        coordinator.failed(),
        coordinator.problem(),
        coordinator.published(),
        from,
        restarts,
        restartedFor == null ? null : restartedFor.message());
  }

  private static Set<String> taskIds(ExecutionPlan plan) {
    Set<String> ids = new HashSet<>();
    for (PlannedChain chain : plan.chains()) {
      for (int index = 0; index < chain.parallelism(); index++) {
        ids.add(chain.taskId(index));
      }
    }
    return ids;
  }

  private static TaskFile file(Part part) {
    return new TaskFile(part.task(), part.steps(), part.file(), part.content());
  }
}
