package io.geartrain.execution;

import io.geartrain.api.Topology;
import io.geartrain.api.Watermark;
import io.geartrain.channel.Batch;
import io.geartrain.channel.InputGate;
import io.geartrain.channel.Wakeable;
import io.geartrain.execution.internal.ChainBuilder;
import io.geartrain.execution.internal.ChannelTable;
import io.geartrain.execution.internal.FusedChain;
import io.geartrain.execution.internal.Slice;
import io.geartrain.execution.internal.TaskClock;
import io.geartrain.execution.internal.TaskInput;
import io.geartrain.execution.internal.TaskSnapshot;
import io.geartrain.execution.internal.TaskSpec;
import io.geartrain.execution.internal.TaskState;
import io.geartrain.metrics.TaskCounters;
import io.geartrain.metrics.TaskMetrics;
import io.geartrain.metrics.TaskMetrics.Waiting;
import io.geartrain.plan.Planner;
import io.geartrain.state.Manifest;
import io.geartrain.state.SnapshotFile;
import io.geartrain.state.SnapshotUpload;
import io.geartrain.state.StateException;
import io.geartrain.time.SourcePace;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
 * <p>The thread of the turn owns all but {@code awake}, {@code cancelled}, {@code done}, {@code
 * wanted}, {@code holdAfter}, {@code safe} and the counters.
 */
final class TaskLoop implements Task, Wakeable {
  private enum Phase {
    NEW,
    RUNNING,
    DRAINING,
    FINISHED,
    DONE
  }

  private static final long SNAPSHOT_NANOS = 100_000;
  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);

  private final TaskSpec spec;
  private final Supplier<Topology> definition;
  private final ChannelTable channels;
  private final SourcePace pace;
  private final ClassLoader classLoader;
  private final TaskListener listener;
  private final TaskClock clock;
  private final TaskCounters counters;
  private final Slice slice;
  private final RunContext context;
  private final Checkpointing checkpointing;
  private final RestoreFrom restore;

  /** Checkpoints that the task is asked for. */
  private final Queue<Long> wanted = new ConcurrentLinkedQueue<>();

  /** The latest checkpoint that is known to be safe. */
  private final AtomicLong safe = new AtomicLong();

  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile Runnable hook;
  private volatile boolean cancelled;
  private volatile boolean done;

  /** The task does nothing more once it has answered this checkpoint; 0 = it goes on. */
  private volatile long holdAfter;

  private Phase phase = Phase.NEW;
  private FusedChain chain;
  private TaskInput input;
  private Batch batch;
  private int position;
  private long watermark = Watermark.MIN;
  private boolean idle;
  private long busyNanos;
  private long blockedNanos;
  private boolean blocked;
  private Waiting waiting = Waiting.NO;
  private long turnEndedAt;
  private long alarmFor = Long.MAX_VALUE;
  private TaskState state;
  private TaskSnapshot snapshot;
  private long answered;
  private long committed;

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
    this.context = context;
    this.checkpointing = checkpointing;
    this.restore = restore;
    this.spec = spec;
    this.definition = definition;
    this.channels = channels;
    this.pace = pace;
    this.classLoader = context.classLoader();
    this.listener = context.listener();
    this.clock =
        new TaskClock(context.nanoTime(), context.millis(), context.timers()::schedule, this);
    this.counters = new TaskCounters(spec.id(), spec.index(), spec.chain().processors());
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
    if (checkpointing == null) {
      listener.onSnapshotFailed(id(), checkpointId, "no store for checkpoints is set up");
      return;
    }
    wanted.add(checkpointId);
    wake();
  }

  @Override
  public void hold(long checkpointId) {
    holdAfter = checkpointId;
  }

  @Override
  public void goOn() {
    holdAfter = 0;
    wake();
  }

  /** Whether it waits with all that comes after a checkpoint. */
  private boolean held() {
    long after = holdAfter;
    return after != 0 && answered >= after;
  }

  @Override
  public void commit(long checkpointId) {
    safe.accumulateAndGet(checkpointId, Math::max);
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
    return counters.snapshot();
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
      if (blocked) {
        blockedNanos += start - turnEndedAt;
      }
      waits(Waiting.NO);
      boolean more = turn(start + nanos);
      blocked = phase == Phase.RUNNING && !more && chain.exhausted();
      turnEndedAt = clock.lastNanos();
      busyNanos += turnEndedAt - start;
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
    return !(hasWork() || isDue(due)) || !awake.compareAndSet(false, true);
  }

  /** Sets the alarm for the steps that wait for the clock; when it will ring, far off if never. */
  private long setAlarm() {
    if (phase != Phase.RUNNING || chain.exhausted() || held()) {
      return Long.MAX_VALUE;
    }
    long due = chain.nextProcessingTime();
    if (due != Long.MAX_VALUE && due != alarmFor) {
      alarmFor = due;
      long delayMs = Math.max(0, due - clock.millis());
      clock.wakeIn(TimeUnit.MILLISECONDS.toNanos(delayMs), clock.nanoTime());
    }
    return due;
  }

  private boolean isDue(long atMs) {
    return atMs != Long.MAX_VALUE && atMs <= clock.millis();
  }

  private boolean hasWork() {
    return switch (phase) {
      case NEW -> true;
      case RUNNING ->
          cancelled
              || commitDue()
              || chain.owes()
              || (chain.exhausted() ? chain.resumable() : !held() && (batch != null || hasInput()));
      case DRAINING -> cancelled || commitDue() || !wanted.isEmpty() || chain.drainable();
      case FINISHED -> cancelled || commitDue() || !wanted.isEmpty();
      case DONE -> false;
    };
  }

  private boolean hasInput() {
    return input.hasInput() || input.ended() || input.barrier(nextWanted()) != 0;
  }

  private boolean turn(long deadlineNanos) {
    if (cancelled && phase != Phase.DONE) {
      phase = Phase.DONE;
      closeAll();
      end(listener::onCancelled);
    }
    if (phase == Phase.NEW) {
      begin();
    }
    if (phase == Phase.RUNNING && work(deadlineNanos)) {
      return true;
    }
    if (phase == Phase.RUNNING && committed == FINAL) {
      phase = Phase.DONE;
      closeAll();
      end(listener::onStopped);
    }
    if (phase == Phase.DRAINING || phase == Phase.FINISHED) {
      answerFinished();
      commitSafe();
    }
    if (phase == Phase.DRAINING && chain.drain()) {
      phase = Phase.FINISHED;
      publish();
      listener.onFinished(id());
    }
    if (phase == Phase.FINISHED) {
      commitSafe();
      if (committed == FINAL) {
        phase = Phase.DONE;
        end(taskId -> {});
      }
    }
    return false;
  }

  /** Commits what is safe. */
  private void commitSafe() {
    if (commitDue()) {
      long upTo = safe.get();
      chain.commit(upTo);
      committed = upTo;
      listener.onCommitted(id(), upTo);
    }
  }

  /** Whether more is safe than was committed; the last commit waits for the end, or the halt. */
  private boolean commitDue() {
    long upTo = safe.get();
    return upTo > committed && (upTo != FINAL || phase == Phase.FINISHED || held());
  }

  private void begin() {
    Topology topology = definition.get();
    Planner.requireSame(spec.plan(), topology, spec.settings());
    state =
        restore == null
            ? new TaskState(spec, classLoader, null, null)
            : new TaskState(spec, classLoader, restore.manifest(), restore.store());
    if (restore != null) {
      answered = restore.manifest().checkpoint();
      committed = answered;
    }
    TaskState.Beginning beginning = state.beginning();
    watermark = beginning.watermark();
    ChainBuilder builder = new ChainBuilder(spec, topology, channels, pace, clock, state);
    chain = builder.chain();
    if (beginning.finished() || restore != null && restore.publishOnly()) {
      chain.reopenFinished();
      watermark = Watermark.MAX;
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
    return process(deadlineNanos) || snapshot != null;
  }

  private boolean process(long deadlineNanos) {
    commitSafe();
    writeOn();
    if (chain.exhausted() && !chain.resume()) {
      return false;
    }
    while (true) {
      if (!held()) {
        callByClock();
      }
      if (batch == null) {
        meetBarrier();
      }
      if (held()) {
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
        release();
        writeOn();
      }
      if (clock.lastNanos() - deadlineNanos >= 0 || cancelled || batch == null && input.dry()) {
        flush();
        return true;
      }
    }
  }

  /** Calls the steps whose time has come. */
  private void callByClock() {
    long due = chain.nextProcessingTime();
    if (due != Long.MAX_VALUE) {
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
        counters.latency(clock.lastNanos() - batch.stamp());
      }
      return true;
    }
    if (input.ended()) {
      if (snapshot == null) {
        endInput();
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

  private void release() {
    long merged = input.release(batch);
    batch = null;
    if (merged > watermark && merged != Watermark.MAX) {
      watermark = merged;
      chain.watermark(merged);
      clock.nanoTime();
    }
    if (input.isIdle() != idle) {
      idle = !idle;
      chain.idle(idle);
    }
  }

  /** Takes the snapshot of a checkpoint once all barriers have come. */
  private void meetBarrier() {
    long id = input.barrier(nextWanted());
    if (id == 0) {
      return;
    }
    if (checkpointing == null) {
      throw new IllegalStateException("a barrier has come, and no store is set up");
    }
    if (snapshot != null) {
      giveUp("the next checkpoint has begun");
    }
    answered = id;
    TaskSnapshot begun = newSnapshot(id);
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

  /** The next checkpoint that the task is asked for and has not answered; 0 if none. */
  private long nextWanted() {
    Long next = wanted.peek();
    while (next != null && next <= answered) {
      wanted.remove(next);
      next = wanted.peek();
    }
    return next == null ? 0 : next;
  }

  private TaskSnapshot newSnapshot(long checkpointId) {
    SnapshotFile.Header header =
        new SnapshotFile.Header(
            spec.applicationId(),
            checkpointId,
            checkpointing.epoch(),
            context.incarnation().planVersion(),
            spec.id());
    SnapshotUpload upload =
        new SnapshotUpload(
            checkpointing.store(),
            header,
            "chain-" + spec.chain().index() + "-task-" + spec.index(),
            checkpointing.uploads(),
            new SnapshotUpload.Listener() {
              @Override
              public void onStored(Manifest.TaskFile file) {
                listener.onSnapshot(id(), checkpointId, file);
              }

              @Override
              public void onFailed(Exception problem) {
                listener.onSnapshotFailed(id(), checkpointId, problem.toString());
              }
            });
    return new TaskSnapshot(checkpointId, state, upload);
  }

  /** Writes on at a running snapshot, for a while. */
  private void writeOn() {
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

  private void giveUp(String why) {
    TaskSnapshot hopeless = snapshot;
    snapshot = null;
    hopeless.abort();
    listener.onSnapshotFailed(id(), hopeless.checkpointId(), why);
  }

  /** Answers checkpoints after the end of input, with what the sinks still have to commit. */
  private void answerFinished() {
    for (long id = nextWanted(); id != 0; id = nextWanted()) {
      answered = id;
      TaskSnapshot last = newSnapshot(id);
      state.save(last, true, Watermark.MAX);
      chain.lastSnapshot(last);
      last.step(Long.MAX_VALUE, clock::nanoTime);
    }
  }

  /** Sends what has piled up; false if there is no credit for more. */
  private boolean flush() {
    chain.flush();
    return !chain.exhausted() || chain.resume();
  }

  private void endInput() {
    chain.end();
    watermark = Watermark.MAX;
    closeAll();
    phase = Phase.DRAINING;
  }

  /** Tells the listener; whoever sees the task done sees all that was done. */
  private void end(Consumer<String> how) {
    batch = null;
    publish();
    try {
      how.accept(id());
    } finally {
      done = true;
    }
  }

  private void publish() {
    if (chain != null) {
      chain.publish(counters);
      counters.watermark(watermark);
      counters.time(busyNanos, blockedNanos);
      if (input != null) {
        InputGate.Audit audit = input.audit();
        counters.audit(audit.audited(), audit.lost(), audit.duplicated());
        counters.newest(input.newest());
        waits(waitsFor());
      }
    }
  }

  private Waiting waitsFor() {
    if (phase != Phase.RUNNING) {
      return Waiting.NO;
    }
    if (blocked) {
      return Waiting.FOR_CREDIT;
    }
    if (idle) {
      return Waiting.IDLE;
    }
    return input.isWaiting() ? Waiting.FOR_INPUT : Waiting.NO;
  }

  /** Publishes what the task waits for between turns; within one, for nothing. */
  private void waits(Waiting what) {
    if (what != waiting) {
      waiting = what;
      counters.waiting(what);
    }
  }

  private void fail(Throwable e) {
    if (phase == Phase.DONE) {
      LOG.error("Task {} failed after it was done", id(), e);
      return;
    }
    phase = Phase.DONE;
    TaskFailure failure = FailureReport.of(spec, e);
    closeAll();
    end(taskId -> listener.onFailed(taskId, failure));
  }

  private void closeAll() {
    if (snapshot != null) {
      snapshot.abort();
      snapshot = null;
    }
    if (input != null) {
      try {
        input.close();
      } catch (Throwable e) {
        LOG.warn("Closing the source of task {} failed", id(), e);
      }
    }
    if (chain != null) {
      chain.close(id());
      if (phase == Phase.DONE && checkpointing == null) {
        chain.abandon(id());
      }
    }
  }
}
