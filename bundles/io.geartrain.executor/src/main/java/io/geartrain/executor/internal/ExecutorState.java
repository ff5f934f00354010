package io.geartrain.executor.internal;

import io.geartrain.executor.internal.ExecutorDecision.Cancel;
import io.geartrain.executor.internal.ExecutorDecision.Checkpoint;
import io.geartrain.executor.internal.ExecutorDecision.Commit;
import io.geartrain.executor.internal.ExecutorDecision.Define;
import io.geartrain.executor.internal.ExecutorDecision.GiveUpDefinition;
import io.geartrain.executor.internal.ExecutorDecision.GoOn;
import io.geartrain.executor.internal.ExecutorDecision.Install;
import io.geartrain.executor.internal.ExecutorDecision.Interrupt;
import io.geartrain.executor.internal.ExecutorDecision.Start;
import io.geartrain.executor.internal.ExecutorDecision.Tell;
import io.geartrain.executor.internal.ExecutorDecision.TellMetrics;
import io.geartrain.executor.internal.ExecutorDecision.TellStuck;
import io.geartrain.executor.internal.ExecutorDecision.Terminate;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.CommitCheckpoint;
import io.geartrain.protocol.AppMasterToExecutor.InstallPlan;
import io.geartrain.protocol.AppMasterToExecutor.PlanApplication;
import io.geartrain.protocol.AppMasterToExecutor.ReleaseTasks;
import io.geartrain.protocol.AppMasterToExecutor.StartTasks;
import io.geartrain.protocol.AppMasterToExecutor.StopTasks;
import io.geartrain.protocol.AppMasterToExecutor.TriggerCheckpoint;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.CheckpointCommitted;
import io.geartrain.protocol.ExecutorToAppMaster.OutputPublished;
import io.geartrain.protocol.ExecutorToAppMaster.PlanInstalled;
import io.geartrain.protocol.ExecutorToAppMaster.Planned;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFinished;
import io.geartrain.protocol.ExecutorToAppMaster.TasksStopped;
import io.geartrain.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One executor: runs the definition, then the tasks, as its app master asks. Owned by the
 * executor's actor; knows no clock, no thread and no user code.
 *
 * <pre>
 * IDLE       PlanApplication → DEFINING → result or limit → IDLE
 * IDLE       InstallPlan → INSTALLING → result → INSTALLED, or IDLE where it failed
 * INSTALLED  StartTasks → RUNNING
 * RUNNING    TriggerCheckpoint → each task's part is told; ReleaseTasks → those held go on
 * RUNNING    CommitCheckpoint → all tasks have published → OutputPublished
 * RUNNING    CommitCheckpoint, the last one → all tasks ended → CheckpointCommitted
 * RUNNING    a task fails: all others are cancelled at once, before anybody is asked
 * any        StopTasks or a lost app master → STOPPING → all tasks ended, or given up → STOPPED
 * STOPPING   after the grace the threads are interrupted, after another one they are given up
 * </pre>
 */
final class ExecutorState {
  /** How long tasks may take to stop by themselves, and again after they were interrupted. */
  static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration METRICS_EVERY = Duration.ofSeconds(1);

  private enum Phase {
    IDLE,
    DEFINING,
    INSTALLING,
    INSTALLED,
    RUNNING,
    STOPPING,
    STOPPED
  }

  private final String executorId;
  private final long epoch;
  private final Set<String> running = new TreeSet<>();
  private final Set<String> reached = new TreeSet<>();
  private final List<ExecutorDecision> out = new ArrayList<>();

  private Phase phase = Phase.IDLE;
  private long timeoutMs;
  private Instant deadline;
  private Instant measuredAt;
  private boolean cancelled;
  private boolean interrupted;
  private boolean orphaned;
  private final Map<String, Long> committed = new HashMap<>();
  private CommitCheckpoint lastCommit;
  private long toCommit;

  ExecutorState(String executorId, long epoch) {
    this.executorId = executorId;
    this.epoch = epoch;
  }

  /** The app master spoke; what comes from another epoch, or out of turn, is dropped. */
  List<ExecutorDecision> on(AppMasterToExecutor message, Instant now) {
    if (message instanceof PlanApplication m && m.epoch() == epoch && phase == Phase.IDLE) {
      phase = Phase.DEFINING;
      timeoutMs = m.timeoutMs();
      deadline = now.plusMillis(timeoutMs);
      out.add(new Define(m.defaultParallelism()));
    } else if (message instanceof InstallPlan m && m.epoch() == epoch && phase == Phase.IDLE) {
      phase = Phase.INSTALLING;
      out.add(new Install(m.attempt(), m.plan(), m.slices(), m.restore()));
    } else if (message instanceof StartTasks m
        && m.epoch() == epoch
        && phase == Phase.INSTALLED
        && !cancelled) {
      phase = Phase.RUNNING;
      measuredAt = now;
      out.add(new Start());
    } else if (message instanceof StopTasks m && m.epoch() == epoch) {
      stop(now);
    } else if (message instanceof TriggerCheckpoint m && m.epoch() == epoch && isRunning()) {
      out.add(new Checkpoint(m.checkpoint(), m.hold()));
    } else if (message instanceof ReleaseTasks m && m.epoch() == epoch && isRunning()) {
      out.add(new GoOn());
    } else if (message instanceof CommitCheckpoint m && m.epoch() == epoch && isRunning()) {
      commit(m);
    }
    return drain();
  }

  private boolean isRunning() {
    return phase == Phase.RUNNING && !cancelled;
  }

  private void commit(CommitCheckpoint message) {
    out.add(new Commit(message.checkpoint(), message.last()));
    if (message.last()) {
      lastCommit = message;
      committedWhenAllEnded();
    } else {
      toCommit = message.checkpoint();
      publishedWhenAllHave();
    }
  }

  private void publishedWhenAllHave() {
    if (toCommit > 0
        && running.stream().allMatch(task -> committed.getOrDefault(task, 0L) >= toCommit)) {
      out.add(new Tell(new OutputPublished(executorId, epoch, toCommit)));
      toCommit = 0;
    }
  }

  private void committedWhenAllEnded() {
    if (lastCommit != null && running.isEmpty()) {
      out.add(new TellMetrics());
      out.add(new Tell(new CheckpointCommitted(executorId, epoch, lastCommit.checkpoint())));
      lastCommit = null;
    }
  }

  /** The definition has run, and the same twice; now the sources are asked for their splits. */
  List<ExecutorDecision> onDefined(Instant now) {
    if (phase == Phase.DEFINING) {
      deadline = now.plusMillis(timeoutMs);
    }
    return drain();
  }

  /** The plan is there, with its splits. */
  List<ExecutorDecision> onPlanned(ExecutionPlan plan) {
    if (phase == Phase.DEFINING) {
      idle();
      out.add(new Tell(new Planned(executorId, epoch, plan)));
    }
    return drain();
  }

  /** There is no plan. */
  List<ExecutorDecision> onPlanningFailed(Failure failure) {
    if (phase == Phase.DEFINING) {
      idle();
      out.add(new Tell(new PlanningFailed(executorId, epoch, failure)));
    }
    return drain();
  }

  /** The tasks are set up. */
  List<ExecutorDecision> onInstalled(Collection<String> tasks, Instant now) {
    running.addAll(tasks);
    if (phase == Phase.INSTALLING) {
      phase = Phase.INSTALLED;
      out.add(new Tell(new PlanInstalled(executorId, epoch)));
    } else {
      cancel();
      if (phase == Phase.STOPPING) {
        deadline = now.plus(GRACE);
        stoppedWhenAllEnded();
      }
    }
    return drain();
  }

  /** The tasks can't be set up. */
  List<ExecutorDecision> onInstallFailed(Failure failure) {
    if (phase == Phase.INSTALLING) {
      idle();
      out.add(new Tell(new TaskFailed(executorId, epoch, failure)));
    } else {
      stoppedWhenAllEnded();
    }
    return drain();
  }

  /** A task has come to the end of its input. */
  List<ExecutorDecision> onReached(String task) {
    if (running.contains(task) && reached.add(task)) {
      if (reached.containsAll(running)) {
        out.add(new TellMetrics());
      }
      out.add(new Tell(new TaskFinished(executorId, epoch, task)));
    }
    return drain();
  }

  /** A task has published everything and is closed. */
  List<ExecutorDecision> onFinished(String task) {
    if (running.remove(task)) {
      publishedWhenAllHave();
      committedWhenAllEnded();
      stoppedWhenAllEnded();
    }
    return drain();
  }

  /** A task has stored its part of a checkpoint, or could not. */
  List<ExecutorDecision> onPart(ExecutorToAppMaster answer) {
    if (isRunning()) {
      out.add(new Tell(answer));
    }
    return drain();
  }

  /** A task has made visible what it had made ready up to a checkpoint. */
  List<ExecutorDecision> onCommitted(String task, long checkpoint) {
    committed.merge(task, checkpoint, Math::max);
    if (isRunning()) {
      publishedWhenAllHave();
    }
    return drain();
  }

  /** A task failed and is closed. */
  List<ExecutorDecision> onFailed(String task, Failure failure) {
    if (running.remove(task)) {
      cancel();
      out.add(new TellMetrics());
      out.add(new Tell(new TaskFailed(executorId, epoch, failure)));
      stoppedWhenAllEnded();
    }
    return drain();
  }

  /** A task was cancelled and is closed. */
  List<ExecutorDecision> onCancelled(String task) {
    running.remove(task);
    stoppedWhenAllEnded();
    return drain();
  }

  /** Nobody is there any more to ask for anything. */
  List<ExecutorDecision> onAppMasterGone(Instant now) {
    orphaned = true;
    stop(now);
    if (phase == Phase.STOPPED) {
      out.add(new Terminate());
    }
    return drain();
  }

  /** Time has passed; called a few times a second. */
  List<ExecutorDecision> tick(Instant now) {
    if (phase == Phase.RUNNING && !now.isBefore(measuredAt.plus(METRICS_EVERY))) {
      measuredAt = now;
      out.add(new TellMetrics());
    }
    if (deadline != null && !now.isBefore(deadline)) {
      onDeadline(now);
    }
    return drain();
  }

  private void onDeadline(Instant now) {
    if (phase == Phase.DEFINING) {
      idle();
      out.add(new GiveUpDefinition(timeoutMs));
    } else if (phase == Phase.STOPPING && !interrupted) {
      interrupted = true;
      deadline = now.plus(GRACE);
      out.add(new Interrupt(Set.copyOf(running)));
    } else if (phase == Phase.STOPPING) {
      if (!running.isEmpty()) {
        out.add(new TellStuck(Set.copyOf(running)));
      }
      stopped();
    }
  }

  private void stop(Instant now) {
    if (phase == Phase.STOPPED) {
      out.add(new Tell(new TasksStopped(executorId, epoch)));
      return;
    }
    if (phase == Phase.STOPPING) {
      return;
    }
    boolean installing = phase == Phase.INSTALLING;
    phase = Phase.STOPPING;
    deadline = now.plus(GRACE);
    cancel();
    if (!installing) {
      stoppedWhenAllEnded();
    }
  }

  private void stoppedWhenAllEnded() {
    if (phase == Phase.STOPPING && running.isEmpty()) {
      stopped();
    }
  }

  private void stopped() {
    phase = Phase.STOPPED;
    deadline = null;
    out.add(new Tell(new TasksStopped(executorId, epoch)));
    if (orphaned) {
      out.add(new Terminate());
    }
  }

  private void cancel() {
    if (!cancelled && !running.isEmpty()) {
      cancelled = true;
      out.add(new Cancel());
    }
  }

  private void idle() {
    phase = Phase.IDLE;
    deadline = null;
  }

  private List<ExecutorDecision> drain() {
    List<ExecutorDecision> decisions = List.copyOf(out);
    out.clear();
    return decisions;
  }
}
