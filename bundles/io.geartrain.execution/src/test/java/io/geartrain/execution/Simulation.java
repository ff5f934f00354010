package io.geartrain.execution;

import io.geartrain.api.Emitter;
import io.geartrain.api.KeyedContext;
import io.geartrain.api.KeyedProcessor;
import io.geartrain.api.Processor;
import io.geartrain.api.StateReader;
import io.geartrain.api.StateWriter;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Timers;
import io.geartrain.api.ValueState;
import io.geartrain.api.Window;
import io.geartrain.api.Windowed;
import io.geartrain.channel.ChannelSizes;
import io.geartrain.channel.Incarnation;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.Planner;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One drawn application, run with crashes until it is through. One thread. */
final class Simulation {
  private static final int KEYS = 40;
  private static final long PATIENCE = 2_000_000;

  /** So often in a row it may be stopped after a checkpoint, and not come to its end. */
  private static final int STOPS = 60;

  /**
   * A coordinator that gives up without end, faster than parts are stored, never lets one stand.
   */
  private static final int MOST_GIVEN_UP = 30;

  private final Random random;
  private final long seed;
  private final int records;
  private final int splits;
  private final int idleEvery;
  private final boolean[] branches = new boolean[7];
  private final MemoryCheckpointStore store = new MemoryCheckpointStore();
  private final TransactionalSink sink = new TransactionalSink();
  private final Deque<Runnable> uploads = new ArrayDeque<>();
  private Manifest latest;
  private long nextCheckpoint = 1;
  private long epoch;
  private int completed;
  private int restored;
  private int stopped;
  private int published;

  /** Whether the latest is one that the application was to end with. */
  private boolean latestStops;

  Simulation(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.records = 100 + random.nextInt(1_000);
    this.splits = 1 + random.nextInt(4);
    this.idleEvery = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 0;
    for (int i = 0; i < branches.length; i++) {
      branches[i] = random.nextInt(2) == 0;
    }
    branches[random.nextInt(branches.length)] = true;
  }

  /** How many checkpoints came to be. */
  int completed() {
    return completed;
  }

  /** How often it began with one. */
  int restored() {
    return restored;
  }

  /** How often it was stopped after a checkpoint, its output published. */
  int stopped() {
    return stopped;
  }

  /** How often it only published what a checkpoint held, and ended. */
  int published() {
    return published;
  }

  Manifest latest() {
    return latest;
  }

  /** Puts another checkpoint in the place of the latest. */
  void damage(Manifest damaged) {
    latest = damaged;
  }

  /** Attempts with crashes, and a last one without. */
  void run() {
    int crashes = 2 + random.nextInt(6);
    for (int i = 0; i < crashes; i++) {
      if (attempt(random.nextInt(random.nextInt(4) == 0 ? 1_500 : 400))) {
        return;
      }
    }
    for (int i = 0; i < STOPS; i++) {
      if (attempt(PATIENCE)) {
        return;
      }
    }
    throw new AssertionError("it never came to its end; seed " + seed);
  }

  /** Runs for so many turns, or to the end; whether it came to its end. */
  boolean attempt(long turnsLeft) {
    epoch++;
    uploads.clear();
    int parallelism = 1 + random.nextInt(3);
    ManualTime time = new ManualTime();
    StreamApplication app = application();
    ExecutionPlan plan = Run.plan(app, parallelism);
    boolean publishOnly = latestStops && random.nextInt(2) == 0;
    Coordinator coordinator = new Coordinator(plan, publishOnly);
    LocalExecution execution =
        ExecutionBuilder.build(
            plan,
            () -> Planner.topology(app, Run.settings()),
            IntStream.range(0, plan.slots()).boxed().collect(Collectors.toSet()),
            new RunContext(
                "app-1",
                Run.settings(),
                Simulation.class.getClassLoader(),
                Incarnation.FIRST,
                new ChannelSizes(1 + random.nextInt(20), 2 + random.nextInt(3)),
                () -> {
                  time.advance(random.nextInt(2_000));
                  return time.getAsLong();
                },
                time::millis,
                time,
                coordinator),
            new Checkpointing(store, epoch, uploads::add),
            latest == null ? null : new RestoreFrom(latest, store, publishOnly));
    restored += latest == null ? 0 : 1;
    coordinator.execution = execution;
    SeededTurns turns = new SeededTurns(random.nextLong(), time);
    turns.drive(execution);
    int every = 5 + random.nextInt(40);
    for (long turn = 0; turn < turnsLeft; turn++) {
      if (random.nextInt(every) == 0) {
        coordinator.trigger();
      }
      if (!uploads.isEmpty() && random.nextInt(2) == 0) {
        uploads.remove().run();
      }
      coordinator.failIfFailed();
      if (!turns.step() && uploads.isEmpty()) {
        if (coordinator.isStopped()) {
          return false;
        }
        if (coordinator.finishIfAllEnded()) {
          return true;
        }
        if (!time.advanceToTimer()) {
          coordinator.triggerAtRest();
        }
      }
    }
    return false;
  }

  /** The app master's part: one checkpoint at a time, safe once all tasks have answered. */
  private final class Coordinator implements TaskListener {
    private final ExecutionPlan plan;
    private final List<String> finished = new ArrayList<>();
    private final List<TaskFailure> failures = new ArrayList<>();
    private final Map<String, Manifest.TaskFile> answers = new TreeMap<>();
    private LocalExecution execution;
    private long running;
    private long last;
    private int givenUp;
    private final boolean publishOnly;
    private boolean holding;
    private boolean stopping;

    Coordinator(ExecutionPlan plan, boolean publishOnly) {
      this.plan = plan;
      this.publishOnly = publishOnly;
    }

    void trigger() {
      boolean givesUp = running != 0 && givenUp < MOST_GIVEN_UP && random.nextInt(8) == 0;
      if (last == 0 && !stopping && !publishOnly && (running == 0 || givesUp)) {
        givenUp += givesUp ? 1 : 0;
        answers.clear();
        running = nextCheckpoint++;
        if (holding) {
          execution.goOn();
        }
        holding = random.nextInt(8) == 0;
        if (holding) {
          execution.hold(running);
        }
        execution.checkpoint(running);
      }
    }

    /** All tasks have made their last commit, without being at the end of their input. */
    boolean isStopped() {
      boolean all = execution.tasks().stream().allMatch(Task::isDone);
      if (all && stopping) {
        stopped++;
      } else if (all && publishOnly) {
        published++;
      }
      return all && (stopping || publishOnly);
    }

    /** Nothing moves: either all is at its end, or it never will be. */
    void triggerAtRest() {
      if (finished.size() < plan.tasks()) {
        throw new AssertionError("tasks hang; seed " + seed + ", finished " + finished);
      }
    }

    boolean finishIfAllEnded() {
      if (finished.size() < plan.tasks()) {
        return false;
      }
      if (publishOnly) {
        execution.commit(Task.FINAL);
        return false;
      }
      if (last == 0) {
        answers.clear();
        last = running = nextCheckpoint++;
        execution.checkpoint(running);
        return false;
      }
      return running == 0 && execution.tasks().stream().allMatch(Task::isDone);
    }

    @Override
    public void onSnapshot(String taskId, long checkpointId, Manifest.TaskFile file) {
      if (checkpointId != running) {
        return;
      }
      if (answers.put(taskId, file) != null) {
        throw new AssertionError(taskId + " answered twice");
      }
      if (answers.size() == plan.tasks()) {
        latest =
            new Manifest(
                "app-1",
                checkpointId,
                epoch,
                1,
                plan.fingerprint(),
                0,
                false,
                List.copyOf(answers.values()));
        completed++;
        running = 0;
        latestStops = holding;
        if (holding) {
          stopping = true;
          execution.commit(Task.FINAL);
          return;
        }
        if (random.nextInt(4) > 0) {
          execution.commit(checkpointId);
        }
        if (checkpointId == last) {
          execution.commit(Task.FINAL);
        }
      }
    }

    @Override
    public void onSnapshotFailed(String taskId, long checkpointId, String problem) {
      if (checkpointId == running) {
        throw new AssertionError(taskId + ": " + problem);
      }
    }

    @Override
    public void onFinished(String taskId) {
      finished.add(taskId);
    }

    @Override
    public void onFailed(String taskId, TaskFailure failure) {
      failures.add(failure);
    }

    @Override
    public void onCancelled(String taskId) {}

    void failIfFailed() {
      if (!failures.isEmpty()) {
        throw new AssertionError("seed " + seed + ": " + failures.get(0));
      }
    }
  }

  // the application: records n with time n, in drawn branches

  private ListSource<Integer> source() {
    List<List<Integer>> all = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      all.add(new ArrayList<>());
    }
    for (int n = 0; n < records; n++) {
      all.get(n % splits).add(n);
    }
    return new ListSource<>(Integer.class, all, idleEvery);
  }

  private StreamApplication application() {
    return (streams, settings) -> {
      var in =
          streams
              .from(source())
              .eventTime(n -> n, Duration.ofMillis(2 * splits + 2))
              .map(Integer.class, n -> n)
              .id("in-map");
      var work = branches[0] ? in.shuffle().map(Integer.class, n -> n).id("shuffled") : in;
      if (branches[1]) {
        work.keyBy(Integer.class, n -> n % KEYS)
            .count()
            .id("count")
            .map(String.class, c -> "count " + c.key() + " " + c.value())
            .to(sink)
            .id("out-count");
      }
      if (branches[2]) {
        work.keyBy(Integer.class, n -> n % KEYS)
            .window(Window.sliding(Duration.ofMillis(30), Duration.ofMillis(10)))
            .count()
            .id("sliding")
            .map(String.class, w -> "sliding " + text(w))
            .to(sink)
            .id("out-sliding");
      }
      if (branches[3]) {
        work.keyBy(Integer.class, n -> n % KEYS)
            .window(Window.session(Duration.ofMillis(KEYS + 1)))
            .count()
            .id("session")
            .map(String.class, w -> "session " + text(w))
            .to(sink)
            .id("out-session");
      }
      if (branches[4]) {
        work.keyBy(Integer.class, n -> n % KEYS)
            .process(String.class, Alarm::new)
            .id("alarm")
            .to(sink)
            .id("out-alarm");
      }
      if (branches[5]) {
        work.shuffle().process(String.class, Hoard::new).id("hoard").to(sink).id("out-hoard");
      }
      if (branches[6] || nothingElse()) {
        work.map(String.class, n -> "plain " + n).to(sink).id("out-plain");
      }
    };
  }

  private boolean nothingElse() {
    for (int i = 1; i < branches.length; i++) {
      if (branches[i]) {
        return false;
      }
    }
    return true;
  }

  private static String text(Windowed<Integer, Long> window) {
    return window.key() + " " + window.start() + " " + window.value();
  }

  /** For each record a timer; on it, the number of records of the key so far. */
  private static final class Alarm implements KeyedProcessor<Integer, Integer, String> {
    private KeyedContext<Integer> context;
    private ValueState<Long> seen;

    @Override
    public void open(KeyedContext<Integer> opened) {
      context = opened;
      seen = opened.valueState("seen", Long.class);
    }

    @Override
    public void process(Integer n, long timestamp, Emitter<String> out) {
      Long before = seen.get();
      seen.set(before == null ? 1 : before + 1);
      context.timers().onEventTime(timestamp + 25);
    }

    @Override
    public void onTimer(long timestamp, Timers.Domain domain, Emitter<String> out) {
      out.emit("alarm " + context.key() + " " + timestamp);
      if (timestamp >= 1_000_000) {
        out.emit("never " + seen.get());
      }
    }
  }

  /** Keeps all, hands on at the end. */
  private static final class Hoard implements Processor<Integer, String> {
    private final List<Integer> kept = new ArrayList<>();

    @Override
    public void process(Integer n, long timestamp, Emitter<String> out) {
      kept.add(n);
      if (kept.size() > 20) {
        out.emit("hoard " + kept.remove(0));
      }
    }

    @Override
    public void onEnd(Emitter<String> out) {
      kept.forEach(n -> out.emit("hoard " + n));
      kept.clear();
    }

    @Override
    public void snapshot(StateWriter state) {
      kept.forEach(n -> state.put("kept", n));
    }

    @Override
    public void restore(StateReader state) {
      state.get("kept").forEach(n -> kept.add((Integer) n));
    }
  }

  /** How often each text is to be seen. */
  Map<String, Integer> expected() {
    Map<String, Integer> expected = new TreeMap<>();
    Map<Integer, Integer> counts = new HashMap<>();
    Map<String, Integer> sliding = new HashMap<>();
    for (int n = 0; n < records; n++) {
      int key = n % KEYS;
      int count = counts.merge(key, 1, Integer::sum);
      put(expected, 1, "count " + key + " " + count);
      for (int start = Math.floorDiv(n, 10) * 10; start > n - 30; start -= 10) {
        sliding.merge(key + " " + start, 1, Integer::sum);
      }
      put(expected, 4, "alarm " + key + " " + (n + 25));
      put(expected, 5, "hoard " + n);
      if (branches[6] || nothingElse()) {
        expected.merge("plain " + n, 1, Integer::sum);
      }
    }
    sliding.forEach((window, count) -> put(expected, 2, "sliding " + window + " " + count));
    counts.forEach((key, count) -> put(expected, 3, "session " + key + " " + key + " " + count));
    return expected;
  }

  private void put(Map<String, Integer> expected, int branch, String text) {
    if (branches[branch]) {
      expected.merge(text, 1, Integer::sum);
    }
  }

  /** How often each text was made visible. */
  Map<String, Integer> visible() {
    return sink.visible();
  }
}
