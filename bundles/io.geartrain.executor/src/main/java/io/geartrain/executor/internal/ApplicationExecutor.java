package io.geartrain.executor.internal;

import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import io.geartrain.execution.Checkpointing;
import io.geartrain.execution.ExecutionBuilder;
import io.geartrain.execution.RestoreFrom;
import io.geartrain.execution.RunContext;
import io.geartrain.execution.Task;
import io.geartrain.execution.TimerService;
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
import io.geartrain.executor.internal.RunningTasks.Outcome;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.protocol.AppMasterToExecutor;
import io.geartrain.protocol.AppMasterToExecutor.Restore;
import io.geartrain.protocol.AppMasterToWorker.LaunchExecutor;
import io.geartrain.protocol.ExecutorToAppMaster;
import io.geartrain.protocol.ExecutorToAppMaster.MetricsReport;
import io.geartrain.protocol.ExecutorToAppMaster.Part;
import io.geartrain.protocol.ExecutorToAppMaster.PlanningFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotFailed;
import io.geartrain.protocol.ExecutorToAppMaster.SnapshotTaken;
import io.geartrain.protocol.ExecutorToAppMaster.TaskFailed;
import io.geartrain.protocol.ExecutorToAppMaster.TaskMoved;
import io.geartrain.protocol.ExecutorToAppMaster.TaskStalled;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.Stall;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.Manifest;
import io.geartrain.state.StateException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor but for its actor: takes what is told to it, and has carried out what {@link
 * ExecutorState} decides; makes the tasks and knows how each has ended. One thread, but for {@link
 * #cancel} and {@link #interrupt}.
 */
public final class ApplicationExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationExecutor.class);
  private static final int PLAN_VERSION = 1;

  /** Code that may block may take so many times as long. */
  private static final int PATIENCE_WITH_BLOCKING = 12;

  /**
   * What the tasks stand on.
   *
   * @param checkpoints keeps the files of checkpoints
   * @param uploads writes to it; may block
   * @param timers wakes tasks later
   * @param sizes of their channels
   * @param stallAfter how long a turn may last before it is reported
   * @param nanoTime a clock in ns from some origin
   * @param clock tells the time
   */
  public record Surroundings(
      CheckpointStore checkpoints,
      Executor uploads,
      TimerService timers,
      ChannelSizes sizes,
      Duration stallAfter,
      LongSupplier nanoTime,
      Clock clock) {}

  /** What it can't do itself; called on its own thread. */
  public interface Outside {
    /** Tells the app master. */
    void tell(ExecutorToAppMaster message);

    /** Runs the definition; {@code onDefined} and {@code onPlanned} or {@code onNoPlan} follow. */
    void define(int defaultParallelism);

    /** Waits no more for the definition; tells where it was. */
    Failure giveUpDefinition(long timeoutMs);

    /** Gets the application's code; {@code onPinned} or {@code onNotPinned} follows. */
    void pin(Install install);

    /** Gives turns to tasks whenever they ask for them; {@code onEnded} follows for each. */
    void run(Collection<TaskTurn> tasks);

    /** It has ended, and all is told. */
    void terminate();
  }

  /** What a task or an upload has to say; on whatever thread, to be given to {@link #on}. */
  public sealed interface Progress {}

  private record Reached(String task) implements Progress {}

  private record PartDone(ExecutorToAppMaster answer) implements Progress {}

  private record Committed(String task, long checkpoint) implements Progress {}

  private final LaunchExecutor launch;
  private final Surroundings around;
  private final Outside outside;
  private final ExecutorState state;
  private final RunningTasks tasks;
  private final StallWatch stalls;
  private final StallWatch longStalls;
  private ClassLoader loader;

  /**
   * An executor without tasks.
   *
   * @param progress takes what tasks and uploads have to say, on whatever thread
   */
  public ApplicationExecutor(
      LaunchExecutor launch, Surroundings around, Outside outside, Consumer<Progress> progress) {
    this.launch = launch;
    this.around = around;
    this.outside = outside;
    this.state = new ExecutorState(launch.executorId(), launch.epoch());
    this.tasks = new RunningTasks(new Answers(launch, progress));
    this.stalls = new StallWatch(around.stallAfter());
    this.longStalls = new StallWatch(around.stallAfter().multipliedBy(PATIENCE_WITH_BLOCKING));
  }

  /** The app master spoke. */
  public void on(AppMasterToExecutor message) {
    carryOut(state.on(message, now()));
  }

  /** A task or an upload spoke. */
  public void on(Progress progress) {
    if (progress instanceof Reached reached) {
      carryOut(state.onReached(reached.task()));
    } else if (progress instanceof PartDone done) {
      carryOut(state.onPart(done.answer()));
    } else if (progress instanceof Committed committed) {
      carryOut(state.onCommitted(committed.task(), committed.checkpoint()));
    }
  }

  /** Time has passed; called a few times a second. */
  public void tick() {
    carryOut(state.tick(now()));
    for (TaskTurn turn : tasks.turns()) {
      StallWatch watch = turn.task().isBlocking() ? longStalls : stalls;
      watch.look(turn.task().id(), turn.running(), now()).forEach(this::tell);
    }
  }

  private void tell(StallWatch.Change change) {
    if (change instanceof StallWatch.Change.Stalled stalled) {
      StackTraceElement[] stack = tasks.turn(stalled.task()).stack();
      String place = Failures.where(stack, loader).map(String::valueOf).orElse("");
      Stall stall = new Stall(stalled.task(), stalled.since(), place, Failures.text(stack));
      LOG.warn(
          "Task {} of {} has not come back since {}; it is at {}\n{}",
          stall.task(),
          launch.spec().id(),
          stall.since(),
          stall.place(),
          stall.stackTrace());
      outside.tell(new TaskStalled(launch.executorId(), launch.epoch(), stall));
    } else if (change instanceof StallWatch.Change.Moved moved) {
      LOG.warn("Task {} of {} has come back", moved.task(), launch.spec().id());
      outside.tell(new TaskMoved(launch.executorId(), launch.epoch(), moved.task()));
    }
  }

  /** Nobody is there any more to ask for anything. */
  public void onAppMasterGone() {
    carryOut(state.onAppMasterGone(now()));
  }

  /** Both runs of the definition agree; the splits are being looked for. */
  public void onDefined() {
    carryOut(state.onDefined(now()));
  }

  /** The plan is there. */
  public void onPlanned(ExecutionPlan plan) {
    carryOut(state.onPlanned(plan));
  }

  /** There is no plan. */
  public void onNoPlan(Failure failure) {
    carryOut(state.onPlanningFailed(failure));
  }

  /**
   * The application's code is there: makes the tasks.
   *
   * @param applicationLoader of that code
   */
  public void onPinned(Install install, Definition definition, ClassLoader applicationLoader) {
    loader = applicationLoader;
    if (install.slices().size() < install.plan().slots()) {
      carryOut(state.onInstallFailed(apart(install.plan(), install.slices())));
      return;
    }
    try {
      build(install, definition);
    } catch (IOException | StateException e) {
      carryOut(state.onInstallFailed(Failures.restore(e)));
      return;
    } catch (RuntimeException | LinkageError e) {
      onNotPinned(e);
      return;
    }
    outside.run(tasks.turns());
    carryOut(state.onInstalled(tasks.ids(), now()));
  }

  /** The application's code can't be had. */
  public void onNotPinned(Throwable why) {
    carryOut(
        state.onInstallFailed(
            Failures.definition("install-failed", why, null, "see the log of the node")));
  }

  /** A task has taken its last turn. */
  public void onEnded(String task) {
    Outcome outcome = tasks.outcome(task);
    if (outcome instanceof Outcome.Finished) {
      carryOut(state.onFinished(task));
    } else if (outcome instanceof Outcome.Failed failed) {
      Failure failure = Failures.of(failed.failure());
      LOG.warn("Task {} of {} failed: {}", task, launch.spec().id(), failure.message());
      carryOut(state.onFailed(task, failure));
    } else {
      carryOut(state.onCancelled(task));
    }
  }

  /** A task gets no more turns, though it has not ended. */
  public void onLost(String task) {
    Failure lost = Failure.of("task-failed", "the actor of task " + task + " is gone", null);
    carryOut(state.onFailed(task, lost));
  }

  /** Makes the next turn of each task its last. By anybody. */
  public void cancel() {
    tasks.cancel();
  }

  /** Interrupts the tasks that are in a turn. By anybody. */
  public void interrupt() {
    tasks.interrupt(tasks.ids());
  }

  private void carryOut(List<ExecutorDecision> decisions) {
    for (ExecutorDecision decision : decisions) {
      if (decision instanceof Tell tell) {
        outside.tell(tell.message());
      } else if (decision instanceof Define define) {
        outside.define(define.defaultParallelism());
      } else if (decision instanceof GiveUpDefinition giveUp) {
        Failure failure = outside.giveUpDefinition(giveUp.timeoutMs());
        outside.tell(new PlanningFailed(launch.executorId(), launch.epoch(), failure));
      } else if (decision instanceof Install install) {
        outside.pin(install);
      } else if (decision instanceof Start) {
        tasks.start();
      } else if (decision instanceof Checkpoint checkpoint) {
        tasks.checkpoint(checkpoint.checkpoint(), checkpoint.hold());
      } else if (decision instanceof GoOn) {
        tasks.goOn();
      } else if (decision instanceof Commit commit) {
        tasks.commit(commit.last() ? Task.FINAL : commit.checkpoint());
      } else if (decision instanceof Cancel) {
        tasks.cancel();
      } else if (decision instanceof Interrupt interrupt) {
        tasks.interrupt(interrupt.tasks());
      } else if (decision instanceof TellStuck stuck) {
        stuck.tasks().stream().sorted().forEach(this::tellStuck);
      } else if (decision instanceof TellMetrics) {
        outside.tell(new MetricsReport(launch.executorId(), launch.epoch(), tasks.metrics()));
      } else if (decision instanceof Terminate) {
        outside.terminate();
      }
    }
  }

  private void build(Install install, Definition definition) throws IOException {
    tasks.install(
        ExecutionBuilder.build(
            install.plan(),
            definition,
            Set.copyOf(install.slices()),
            new RunContext(
                launch.spec().id(),
                definition.settings(),
                loader,
                new Incarnation(launch.epoch(), install.attempt(), PLAN_VERSION),
                around.sizes(),
                around.nanoTime(),
                around.clock()::millis,
                around.timers(),
                tasks),
            new Checkpointing(around.checkpoints(), launch.epoch(), around.uploads()),
            restoreFrom(install.restore())));
  }

  private RestoreFrom restoreFrom(Restore restore) throws IOException {
    return restore == null
        ? null
        : new RestoreFrom(
            Manifest.load(around.checkpoints(), restore.application(), restore.name())
                .without(restore.dropped()),
            around.checkpoints(),
            restore.publishOnly());
  }

  private Failure apart(ExecutionPlan plan, List<Integer> slices) {
    return Failure.of(
        "slices-apart",
        "executor %s has slices %s of %d: the tasks of an application can't exchange records between workers yet"
            .formatted(launch.executorId(), slices, plan.slots()),
        "submit with the scheduler 'pack', or lower the parallelism to what one worker has free");
  }

  private void tellStuck(String task) {
    long seconds = ExecutorState.GRACE.multipliedBy(2).toSeconds();
    Failure failure =
        Failures.stuck(
            "task-stuck",
            task,
            "task %s has not stopped within %d s, though interrupted".formatted(task, seconds),
            tasks.turn(task).stack(),
            loader,
            "its thread is lost until the node stops; the code must react to interrupts");
    LOG.error("{} of {}\n{}", failure.message(), launch.spec().id(), failure.stackTrace());
    outside.tell(new TaskFailed(launch.executorId(), launch.epoch(), failure));
  }

  private Instant now() {
    return around.clock().instant();
  }

  /** Puts what tasks tell into the words of the protocol. */
  private record Answers(LaunchExecutor launch, Consumer<Progress> to)
      implements RunningTasks.Progress {
    @Override
    public void onReached(String taskId) {
      to.accept(new Reached(taskId));
    }

    @Override
    public void onSnapshot(long checkpoint, Manifest.TaskFile file) {
      Part part = new Part(file.task(), file.steps(), file.receipt(), file.content());
      to.accept(
          new PartDone(new SnapshotTaken(launch.executorId(), launch.epoch(), checkpoint, part)));
    }

    @Override
    public void onCommitted(String taskId, long checkpoint) {
      to.accept(new Committed(taskId, checkpoint));
    }

    @Override
    public void onSnapshotFailed(String taskId, long checkpoint, String problem) {
      to.accept(
          new PartDone(
              new SnapshotFailed(
                  launch.executorId(), launch.epoch(), checkpoint, taskId, problem)));
    }
  }
}
