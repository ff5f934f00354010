package io.geartrain.execution;

import io.geartrain.api.Topology;
import io.geartrain.api.Watermark;
import io.geartrain.channel.Batch;
import io.geartrain.channel.Wakeable;
import io.geartrain.execution.internal.ChainBuilder;
import io.geartrain.execution.internal.ChannelTable;
import io.geartrain.execution.internal.FusedChain;
import io.geartrain.execution.internal.Slice;
import io.geartrain.execution.internal.TaskClock;
import io.geartrain.execution.internal.TaskInput;
import io.geartrain.execution.internal.TaskSpec;
import io.geartrain.execution.internal.TaskState;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.plan.ErrorText;
import io.geartrain.plan.Planner;
import io.geartrain.time.SourcePace;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one loop of sources, operators and sinks: takes batches from its input, drives its chain with
 * them as long as there is credit for the output, and sleeps otherwise.
 *
 * <pre>
 *   NEW ──first turn: define, open──▶ RUNNING ──input ended: end, close──▶ DRAINING ──all sent──▶ FINISHED
 *   FINISHED ──last commit──▶ DONE
 *   RUNNING, held after a checkpoint ──last commit──▶ DONE
 *   any ──failure, cancel──▶ DONE
 * </pre>
 *
 * <p>The thread of the turn owns all but {@code awake}, {@code cancelled} and {@code done}; what
 * others ask of checkpoints and metrics goes to {@link TaskCheckpoints} and {@link TaskReport}.
 */
final class TaskLoop implements Task, Wakeable {
  private enum Phase {
    NEW,
    RUNNING,
    DRAINING,
    FINISHED,
    DONE
  }

  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);

  private final TaskSpec spec;
  private final Supplier<Topology> definition;
  private final ChannelTable channels;
  private final SourcePace pace;
  private final ClassLoader classLoader;
  private final TaskListener listener;
  private final TaskClock clock;
  private final TaskAlarm alarm;
  private final TaskReport report;
  private final Slice slice;
  private final TaskCheckpoints checkpoints;
  private final RestoreFrom restore;

  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile Runnable hook;
  private volatile boolean cancelled;
  private volatile boolean done;

  private Phase phase = Phase.NEW;
  private FusedChain chain;
  private TaskInput input;
  private Batch batch;
  private int position;
  private final TaskWatermark watermark = new TaskWatermark();
  private TaskState state;

  /**
   * A task that has not begun.
   *
   * @param definition runs the application's definition
   * @param channels holds the task's channels by its first turn
   * @param pace of the sources of all tasks
   * @param checkpointing null if there will be no checkpoints
   * @param restore null to begin anew
   */
  TaskLoop(
      TaskSpec spec,
      Supplier<Topology> definition,
      ChannelTable channels,
      SourcePace pace,
      RunContext context,
      Checkpointing checkpointing,
      RestoreFrom restore) {
    this.restore = restore;
    this.spec = spec;
    this.definition = definition;
    this.channels = channels;
    this.pace = pace;
    this.classLoader = context.classLoader();
    this.listener = context.listener();
    this.clock =
        new TaskClock(context.nanoTime(), context.millis(), context.timers()::schedule, this);
    this.alarm = new TaskAlarm(clock);
    this.checkpoints = new TaskCheckpoints(spec, context, checkpointing, clock);
    this.report = new TaskReport(spec);
    this.slice = new Slice(spec.sizes().batchSize());
  }

  @Override
  public String id() {
    return spec.id();
  }

  @Override
  public int index() {
    return spec.index();
  }

  @Override
  public List<String> processors() {
    return spec.chain().processors();
  }

  @Override
  public boolean isBlocking() {
    return spec.chain().blocking();
  }

  @Override
  public void onWake(Runnable wakeHook) {
    hook = wakeHook;
  }

  @Override
  public void wake() {
    if (!awake.get() && awake.compareAndSet(false, true)) {
      Runnable ask = hook;
      if (ask == null) {
        throw new IllegalStateException("task " + id() + " was woken before onWake()");
      }
      ask.run();
    }
  }

  @Override
  public void checkpoint(long checkpointId) {
    if (checkpoints.ask(checkpointId)) {
      wake();
    }
  }

  @Override
  public void hold(long checkpointId) {
    checkpoints.hold(checkpointId);
  }

  @Override
  public void goOn() {
    checkpoints.goOn();
    wake();
  }

  @Override
  public void commit(long checkpointId) {
    checkpoints.onSafe(checkpointId);
    wake();
  }

  @Override
  public void cancel() {
    cancelled = true;
    wake();
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public TaskMetrics metrics() {
    return report.metrics();
  }

  @Override
  public boolean run(long nanos) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classLoader);
    try {
      return guardedTurn(nanos) || !sleep();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private boolean guardedTurn(long nanos) {
    try {
      long start = clock.nanoTime();
      report.turnBegins(start);
      boolean more = turn(start + nanos);
      report.turnEnds(clock.lastNanos(), phase == Phase.RUNNING && !more && chain.exhausted());
      publish();
      return more;
    } catch (Throwable e) {
      fail(e);
      return false;
    }
  }

  /**
   * Goes to sleep; false if something came up just then and the turn must be repeated. The next
   * turn may begin on another thread while this one still looks, so what it looks at bears that.
   */
  private boolean sleep() {
    long due = setAlarm();
    awake.set(false);
    VarHandle.fullFence();
    return !(hasWork() || alarm.isDue(due)) || !awake.compareAndSet(false, true);
  }

  /** Sets the alarm for the steps that wait for the clock; when it will ring, far off if never. */
  private long setAlarm() {
    if (phase != Phase.RUNNING || chain.exhausted() || checkpoints.isHeld()) {
      return Long.MAX_VALUE;
    }
    long due = chain.nextProcessingTime();
    alarm.set(due);
    return due;
  }

  private boolean hasWork() {
    return switch (phase) {
      case NEW -> true;
      case RUNNING ->
          cancelled
              || isCommitDue()
              || chain.owes()
              || (chain.exhausted()
                  ? chain.resumable()
                  : !checkpoints.isHeld()
                      && (batch != null || watermark.isUnderWay() || hasInput()));
      case DRAINING ->
          cancelled || isCommitDue() || checkpoints.areAsked() || chain.owes() || chain.drainable();
      case FINISHED -> cancelled || isCommitDue() || checkpoints.areAsked();
      case DONE -> false;
    };
  }

  private boolean hasInput() {
    return input.hasInput() || input.ended() || input.barrier(checkpoints.next()) != 0;
  }

  private boolean turn(long deadlineNanos) {
    if (cancelled && phase != Phase.DONE) {
      phase = Phase.DONE;
      closeAllThen(listener::onCancelled);
    }
    if (phase == Phase.NEW) {
      begin();
    }
    if (phase == Phase.RUNNING && (work(deadlineNanos) || checkpoints.isWriting())) {
      return true;
    }
    if (phase == Phase.RUNNING && checkpoints.isAllCommitted()) {
      phase = Phase.DONE;
      closeAllThen(listener::onStopped);
    }
    if (phase == Phase.DRAINING || phase == Phase.FINISHED) {
      checkpoints.answerAfterEnd(state, chain);
      commitSafe();
    }
    if (phase == Phase.DRAINING && chain.drain()) {
      phase = Phase.FINISHED;
      publish();
      listener.onFinished(id());
    }
    if (phase == Phase.FINISHED) {
      commitSafe();
      if (checkpoints.isAllCommitted()) {
        phase = Phase.DONE;
        end(taskId -> {});
      }
    }
    return false;
  }

  private void commitSafe() {
    checkpoints.commitSafe(chain, phase == Phase.FINISHED);
  }

  private boolean isCommitDue() {
    return checkpoints.isCommitDue(phase == Phase.FINISHED);
  }

  private void begin() {
    Topology topology = definition.get();
    Planner.requireSame(spec.plan(), topology, spec.settings());
    state =
        restore == null
            ? new TaskState(spec, classLoader, null, null)
            : new TaskState(spec, classLoader, restore.manifest(), restore.store());
    if (restore != null) {
      checkpoints.restored(restore.manifest().checkpoint());
    }
    TaskState.Beginning beginning = state.beginning();
    ChainBuilder builder = new ChainBuilder(spec, topology, channels, pace, clock, state);
    chain = builder.chain();
    watermark.begin(chain, beginning.watermark());
    if (beginning.finished() || restore != null && restore.publishOnly()) {
      chain.reopenFinished();
      watermark.begin(chain, Watermark.MAX);
      phase = Phase.DRAINING;
      return;
    }
    input = builder.input(chain);
    chain.open();
    input.open();
    phase = Phase.RUNNING;
    chain.resume();
  }

  /** Processes what has come; true if there is more to do than the time allows. */
  private boolean work(long deadlineNanos) {
    commitSafe();
    checkpoints.writeOn();
    if (chain.exhausted() && !chain.resume()) {
      return false;
    }
    while (true) {
      if (!(watermark.isUnderWay() ? goOnInTime() : processBatch())) {
        return false;
      }
      if (clock.lastNanos() - deadlineNanos >= 0 || cancelled || batch == null && input.dry()) {
        flush();
        return true;
      }
    }
  }

  /** Processes a batch, or a part of one; false if there is none, or no credit for more. */
  private boolean processBatch() {
    if (!checkpoints.isHeld()) {
      callByClock();
    }
    if (batch == null) {
      meetBarrier();
    }
    if (checkpoints.isHeld()) {
      flush();
      return false;
    }
    if (batch == null && !take()) {
      return false;
    }
    if (chain.exhausted() && !flush()) {
      return false;
    }
    if (position < batch.size() && !processSlice()) {
      return false;
    }
    if (position >= batch.size()) {
      watermark.advance(input.release(batch), input.isIdle());
      batch = null;
      if (watermark.isUnderWay()) {
        goOnInTime();
      }
      checkpoints.writeOn();
    }
    return true;
  }

  /** Lets event time go on through the chain; false if it has ended, or there is no credit. */
  private boolean goOnInTime() {
    if (chain.exhausted() && !flush()) {
      return false;
    }
    watermark.go();
    clock.nanoTime();
    if (watermark.hasEnded()) {
      closeAll();
      phase = Phase.DRAINING;
    }
    return phase == Phase.RUNNING;
  }

  /** Calls the steps whose time has come. */
  private void callByClock() {
    long due = chain.nextProcessingTime();
    if (due != Long.MAX_VALUE && !chain.exhausted()) {
      long now = clock.millis();
      if (due <= now) {
        chain.processingTime(now);
        clock.nanoTime();
      }
    }
  }

  /** Takes the next batch; without one the output is flushed, or ended with the input. */
  private boolean take() {
    batch = input.poll();
    position = 0;
    if (batch != null) {
      if (batch.size() > 0 && batch.stamp() != Batch.NOT_STAMPED) {
        report.hop(clock.lastNanos() - batch.stamp());
      }
      return true;
    }
    if (input.ended()) {
      if (!checkpoints.isWriting()) {
        watermark.end();
        goOnInTime();
      }
    } else {
      flush();
    }
    return false;
  }

  /** Processes some records; false if there is no credit for more. */
  private boolean processSlice() {
    long start = clock.lastNanos();
    position = chain.process(batch, position, Math.min(batch.size(), position + slice.records()));
    slice.took(clock.nanoTime() - start);
    return !chain.exhausted() || flush();
  }

  /** Takes the snapshot of a checkpoint once all barriers have come. */
  private void meetBarrier() {
    long id = input.barrier(checkpoints.next());
    if (id != 0) {
      checkpoints.take(id, state, input, chain, watermark.current());
    }
  }

  /** Sends what has piled up; false if there is no credit for more. */
  private boolean flush() {
    chain.flush();
    return !chain.exhausted() || chain.resume();
  }

  /** Tells the listener; whoever sees the task done sees all that was done. */
  private void end(Consumer<String> how) {
    batch = null;
    try {
      publish();
    } finally {
      try {
        how.accept(id());
      } finally {
        done = true;
      }
    }
  }

  private void publish() {
    if (chain != null) {
      report.publish(chain, input, watermark.current(), phase == Phase.RUNNING, watermark.isIdle());
    }
  }

  private void fail(Throwable e) {
    if (phase == Phase.DONE) {
      LOG.error("Task {} failed after it was done: {}", id(), ErrorText.trace(e));
      return;
    }
    phase = Phase.DONE;
    TaskFailure failure = FailureReport.of(spec, e);
    closeAllThen(taskId -> listener.onFailed(taskId, failure));
  }

  /** Whatever goes wrong with closing, the listener hears of the end. */
  private void closeAllThen(Consumer<String> how) {
    try {
      closeAll();
    } finally {
      end(how);
    }
  }

  private void closeAll() {
    checkpoints.abort();
    if (input != null) {
      try {
        input.close();
      } catch (Throwable e) {
        LOG.warn("Closing the source of task {} failed: {}", id(), ErrorText.trace(e));
      }
    }
    if (chain != null) {
      chain.close(id());
      if (phase == Phase.DONE && !checkpoints.areMade()) {
        chain.abandon(id());
      }
    }
  }
}
