package io.geartrain.execution;

import io.geartrain.api.Emitter;
import io.geartrain.api.ProcessorContext;
import io.geartrain.api.ReadStatus;
import io.geartrain.api.Settings;
import io.geartrain.api.Sink;
import io.geartrain.api.Source;
import io.geartrain.api.SourceSplit;
import io.geartrain.api.SplitReader;
import io.geartrain.api.StreamApplication;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.plan.SourceSplits;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source and a sink that a channel joins, each of which one thread gives turns when it asks for
 * them, and only then: a wake-up that is lost leaves one asleep for ever. The clock stands still,
 * so that each turn is for one batch.
 */
final class TwoTasks implements TaskListener {
  private static final Settings NONE = Settings.of(Map.of());
  private static final ChannelSizes SMALL = new ChannelSizes(1, 2);

  /** After so many looks without a turn that is due, a thread gives up. */
  private static final int PATIENCE = 20_000;

  private final int records;
  private final Task source;
  private final Task sink;
  private final AtomicBoolean sourceDue = new AtomicBoolean();
  private final AtomicBoolean sinkDue = new AtomicBoolean();
  private final AtomicInteger sourceRound = new AtomicInteger();
  private final AtomicInteger sinkRound = new AtomicInteger();
  private volatile int emitted;
  private volatile int written;
  private volatile boolean failed;
  private int pauses;
  private volatile int waste;

  /** Tasks that are asleep, but for the source, which has so many records to give. */
  TwoTasks(int records) {
    this.records = records;
    StreamApplication app =
        (streams, settings) ->
            streams.from(new Counter()).shuffle().to((Sink<Integer>) context -> this::onWritten);
    ExecutionPlan plan =
        SourceSplits.discover(Planner.topology(app, NONE), Planner.plan("two-tasks", app, NONE, 1));
    RunContext context =
        new RunContext(
            "two-tasks",
            NONE,
            TwoTasks.class.getClassLoader(),
            Incarnation.FIRST,
            SMALL,
            () -> 0,
            () -> 0,
            (delayNanos, action) -> () -> {},
            this);
    List<Task> tasks =
        ExecutionBuilder.build(plan, () -> Planner.topology(app, NONE), context).tasks();
    source = tasks.get(0);
    sink = tasks.get(1);
    source.onWake(() -> sourceDue.set(true));
    sink.onWake(() -> sinkDue.set(true));
    source.wake();
    sink.wake();
    drive(sink, sinkDue, 1);
  }

  private void onWritten(Integer value, long timestamp) {
    written = value + 1;
  }

  /** Turns of the source until it has given all, or has had none to take for a while. */
  void driveSource() {
    drive(source, sourceDue, PATIENCE);
  }

  /** One turn of the source in each round, in which it sends one record. */
  void driveSourceByRounds() {
    for (int round = 1; round < records && met(sinkRound, round); round++) {
      turn(source, sourceDue);
      sourceRound.set(round);
    }
  }

  /**
   * In each round the sink is woken without need and goes to sleep again, while a record comes;
   * then it has the turns that it asked for.
   *
   * @return whether it has written all that was sent, in each round
   */
  boolean driveSinkByRounds() {
    for (int round = 1; round < records; round++) {
      sinkRound.set(round);
      pause();
      sink.wake();
      turnsOfSink();
      if (!met(sourceRound, round)) {
        return true;
      }
      turnsOfSink();
      if (written != emitted) {
        return false;
      }
    }
    return true;
  }

  private void turnsOfSink() {
    while (sinkDue.get() && !failed) {
      turn(sink, sinkDue);
    }
  }

  /** Waits for the other thread, but not for ever. */
  private static boolean met(AtomicInteger other, int round) {
    for (int i = 0; i < PATIENCE; i++) {
      if (other.get() == round) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  private void pause() {
    pauses = pauses * 1664525 + 1013904223;
    for (int i = pauses >>> 24; i > 0; i--) {
      waste += i;
    }
  }

  /** Turns of the sink until all is written, or it has had none to take for a while. */
  void driveSink() {
    drive(sink, sinkDue, PATIENCE);
  }

  private void drive(Task task, AtomicBoolean due, int patience) {
    for (int i = 0; i < patience && written < records && !failed; i++) {
      if (due.get()) {
        turn(task, due);
        i = 0;
      }
      Thread.onSpinWait();
    }
  }

  private static void turn(Task task, AtomicBoolean due) {
    due.set(false);
    if (task.run(0)) {
      due.set(true);
    }
  }

  /** On one thread: turns as long as any is due; whether all records were written. */
  boolean complete() {
    while ((sourceDue.get() || sinkDue.get()) && !failed) {
      if (sourceDue.get()) {
        turn(source, sourceDue);
      }
      if (sinkDue.get()) {
        turn(sink, sinkDue);
      }
      if (written == records) {
        return true;
      }
    }
    return written == records;
  }

  @Override
  public void onFinished(String taskId) {}

  @Override
  public void onFailed(String taskId, TaskFailure failure) {
    failed = true;
  }

  @Override
  public void onCancelled(String taskId) {}

  /** Gives one number at each poll. */
  private final class Counter implements Source<Integer>, SplitReader<Integer> {
    @Override
    public Class<Integer> type() {
      return Integer.class;
    }

    @Override
    public List<SourceSplit> splits(int parallelism) {
      return List.of(new SourceSplit("all", Map.of()));
    }

    @Override
    public SplitReader<Integer> open(SourceSplit split, ProcessorContext context) {
      return this;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public ReadStatus poll(Emitter<Integer> out, int max) {
      int next = emitted;
      emitted = next + 1;
      out.emit(next);
      return emitted == records ? ReadStatus.END : ReadStatus.MORE;
    }
  }
}
