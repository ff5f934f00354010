package io.geartrain.execution;

import io.geartrain.api.Watermark;
import io.geartrain.execution.internal.FusedChain;
import io.geartrain.execution.internal.TaskClock;
import io.geartrain.execution.internal.TaskInput;
import io.geartrain.execution.internal.TaskSnapshot;
import io.geartrain.execution.internal.TaskSpec;
import io.geartrain.execution.internal.TaskState;
import io.geartrain.state.Manifest;
import io.geartrain.state.SnapshotFile;
import io.geartrain.state.SnapshotUpload;
import io.geartrain.state.StateException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A task's part in checkpoints: those that it is asked for, the snapshot that it writes on at, and
 * what it may commit because it is safe. On the task's thread, but for {@link #ask}, {@link
 * #onSafe}, {@link #hold}, {@link #goOn}, and the questions that are asked before a sleep.
 */
final class TaskCheckpoints {
  private static final long SNAPSHOT_NANOS = 100_000;

  private final TaskSpec spec;
  private final RunContext context;
  private final Checkpointing checkpointing;
  private final TaskListener listener;
  private final TaskClock clock;
  private final String taskId;

  /** Those that are asked for. */
  private final Queue<Long> wanted = new ConcurrentLinkedQueue<>();

  /** The latest that is known to be safe. */
  private final AtomicLong safe = new AtomicLong();

  /** The task does nothing more once it has answered this one; 0 = it goes on. */
  private volatile long holdAfter;

  private TaskSnapshot snapshot;
  private long answered;
  private long committed;

  /**
   * No checkpoint yet.
   *
   * @param checkpointing null if there will be none
   */
  TaskCheckpoints(TaskSpec spec, RunContext context, Checkpointing checkpointing, TaskClock clock) {
    this.spec = spec;
    this.context = context;
    this.checkpointing = checkpointing;
    this.listener = context.listener();
    this.clock = clock;
    this.taskId = spec.id();
  }

  /** Whether there will be any. */
  boolean areMade() {
    return checkpointing != null;
  }

  /** The task is asked for one; false if there will be none, of which the listener then hears. */
  boolean ask(long checkpointId) {
    if (checkpointing == null) {
      listener.onSnapshotFailed(taskId, checkpointId, "no store for checkpoints is set up");
      return false;
    }
    wanted.add(checkpointId);
    return true;
  }

  /** This one, and all before it, have become safe. */
  void onSafe(long checkpointId) {
    safe.accumulateAndGet(checkpointId, Math::max);
  }

  void hold(long checkpointId) {
    holdAfter = checkpointId;
  }

  void goOn() {
    holdAfter = 0;
  }

  /** Whether the task waits with all that comes after a checkpoint. */
  boolean isHeld() {
    long after = holdAfter;
    return after != 0 && answered >= after;
  }

  /** The task begins with this one. */
  void restored(long checkpointId) {
    answered = checkpointId;
    committed = checkpointId;
  }

  /** Whether the task is asked for one, perhaps for one that it has answered. */
  boolean areAsked() {
    return !wanted.isEmpty();
  }

  /** The next one that the task is asked for and has not answered; 0 if none. */
  long next() {
    Long next = wanted.peek();
    while (next != null && next <= answered) {
      wanted.remove(next);
      next = wanted.peek();
    }
    return next == null ? 0 : next;
  }

  /** Whether a snapshot is being written. */
  boolean isWriting() {
    return snapshot != null;
  }

  /** All barriers of a checkpoint have come: takes the snapshot, and lets its barrier go on. */
  void take(long id, TaskState state, TaskInput input, FusedChain chain, long watermark) {
    if (checkpointing == null) {
      throw new IllegalStateException("a barrier has come, and no store is set up");
    }
    if (snapshot != null) {
      giveUp("the next checkpoint has begun");
    }
    answered = id;
    TaskSnapshot begun = newSnapshot(id, state);
    snapshot = begun;
    state.save(begun, false, watermark);
    try {
      input.snapshot(begun);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    chain.snapshot(begun);
    chain.barrier(id);
    input.goOn();
    if (begun.problem() != null) {
      giveUp(begun.problem());
    }
  }

  /** Writes on at the snapshot, for a while. */
  void writeOn() {
    if (snapshot != null) {
      try {
        if (snapshot.step(SNAPSHOT_NANOS, clock::nanoTime)) {
          snapshot = null;
        }
      } catch (StateException e) {
        giveUp(e.getMessage());
      }
    }
  }

  /** Answers all after the end of input, with what the sinks still have to commit. */
  void answerAfterEnd(TaskState state, FusedChain chain) {
    for (long id = next(); id != 0; id = next()) {
      answered = id;
      TaskSnapshot last = newSnapshot(id, state);
      state.save(last, true, Watermark.MAX);
      chain.lastSnapshot(last);
      last.step(Long.MAX_VALUE, clock::nanoTime);
    }
  }

  private TaskSnapshot newSnapshot(long checkpointId, TaskState state) {
    SnapshotFile.Header header =
        new SnapshotFile.Header(
            spec.applicationId(),
            checkpointId,
            checkpointing.epoch(),
            context.incarnation().planVersion(),
            taskId);
    SnapshotUpload upload =
        new SnapshotUpload(
            checkpointing.store(),
            header,
            "chain-" + spec.chain().index() + "-task-" + spec.index(),
            checkpointing.uploads(),
            new SnapshotUpload.Listener() {
              @Override
              public void onStored(Manifest.TaskFile file) {
                listener.onSnapshot(taskId, checkpointId, file);
              }

              @Override
              public void onFailed(Exception problem) {
                listener.onSnapshotFailed(taskId, checkpointId, problem.toString());
              }
            });
    return new TaskSnapshot(checkpointId, state, upload);
  }

  private void giveUp(String why) {
    TaskSnapshot hopeless = snapshot;
    snapshot = null;
    hopeless.abort();
    listener.onSnapshotFailed(taskId, hopeless.checkpointId(), why);
  }

  /** Gives up the snapshot that is being written, if there is one; nobody hears of that. */
  void abort() {
    if (snapshot != null) {
      snapshot.abort();
      snapshot = null;
    }
  }

  /**
   * Whether more is safe than was committed; the last commit waits for the end, or the halt.
   *
   * @param ended whether all input has ended and all output is on its way
   */
  boolean isCommitDue(boolean ended) {
    long upTo = safe.get();
    return upTo > committed && (upTo != Task.FINAL || ended || isHeld());
  }

  /** Commits what is safe, as {@link #isCommitDue}. */
  void commitSafe(FusedChain chain, boolean ended) {
    if (isCommitDue(ended)) {
      long upTo = safe.get();
      chain.commit(upTo);
      committed = upTo;
      listener.onCommitted(taskId, upTo);
    }
  }

  /** Whether the last commit was made. */
  boolean isAllCommitted() {
    return committed == Task.FINAL;
  }
}
