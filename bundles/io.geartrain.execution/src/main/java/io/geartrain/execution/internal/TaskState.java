package io.geartrain.execution.internal;

import io.geartrain.api.SourceSplit;
import io.geartrain.api.StateReader;
import io.geartrain.api.Watermark;
import io.geartrain.channel.KeyHash;
import io.geartrain.codec.CodecRegistry;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.plan.KeyGroups;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.state.KeyGroupRange;
import io.geartrain.state.KeyedStates;
import io.geartrain.state.Manifest;
import io.geartrain.state.OperatorState;
import io.geartrain.state.SnapshotReader;
import io.geartrain.state.StateNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * What a task has in memory that checkpoints hold: makes the keyed state of its steps, and gives
 * each step its share of the checkpoint that the task begins with. On the task's thread.
 */
public final class TaskState {
  static final String SPLIT = StateNames.SPLIT;
  static final String PREPARED = StateNames.PREPARED;
  static final String CLOSED_UP_TO = StateNames.CLOSED_UP_TO;
  static final String CLOSED_BEFORE = StateNames.CLOSED_BEFORE;
  static final String WATERMARK = StateNames.WATERMARK;
  private static final String TASK = StateNames.TASK;
  private static final String USER = "user:";

  private final TaskSpec spec;
  private final ClassLoader loader;
  private final Manifest manifest;
  private final CheckpointStore store;
  private final CodecRegistry types;
  private final KeyGroupRange range;

  /**
   * State of a task.
   *
   * @param loader finds the application's classes
   * @param manifest of the checkpoint that it begins with; null if it begins anew
   * @param store holds that checkpoint
   */
  public TaskState(TaskSpec spec, ClassLoader loader, Manifest manifest, CheckpointStore store) {
    this.spec = spec;
    this.loader = loader;
    this.manifest = manifest;
    this.store = store;
    this.types = CodecRegistry.growing(TypeDictionary.EMPTY, loader);
    this.range = range(spec);
  }

  private static KeyGroupRange range(TaskSpec spec) {
    int total = spec.plan().keyGroups();
    int[] owners = KeyGroups.owners(total, spec.chain().parallelism());
    int first = 0;
    while (first < total && owners[first] < spec.index()) {
      first++;
    }
    int end = first;
    while (end < total && owners[end] == spec.index()) {
      end++;
    }
    return new KeyGroupRange(first, end, total);
  }

  /** Whether the task begins with a checkpoint. */
  boolean isRestored() {
    return manifest != null;
  }

  /** The types that snapshots are written with. */
  CodecRegistry types() {
    return types;
  }

  /** The keyed state of a step, with what the checkpoint holds of it for this task. */
  KeyedStates<Object> keyed(String step) {
    KeyedStates<Object> states = new KeyedStates<>(range, types.any(), new KeyHash());
    forEachFile(step, (file, codec) -> states.restore(file, step, codec));
    return states;
  }

  /** All that the tasks of a step had put under a name. */
  List<Object> all(String step, String name) {
    List<Object> values = new ArrayList<>();
    forEachFile(step, (file, codec) -> values.addAll(OperatorState.read(file, step, name, codec)));
    return values;
  }

  /** This task's share of all that the tasks of a step had put under a name. */
  List<Object> share(String step, String name) {
    List<Object> all = all(step, name);
    List<Object> own = new ArrayList<>();
    for (int i = spec.index(); i < all.size(); i += spec.chain().parallelism()) {
      own.add(all.get(i));
    }
    return own;
  }

  /** The largest number that any task of a step had put under a name; {@code least} if none. */
  long largest(String step, String name, long least) {
    long largest = least;
    for (Object value : all(step, name)) {
      largest = Math.max(largest, (Long) value);
    }
    return largest;
  }

  /** Up to when the windows of a step were closed, by key group. */
  long[] closedUpTo(String step) {
    long[] times = new long[range.total()];
    Arrays.fill(times, Long.MIN_VALUE);
    forEachFile(
        step,
        (file, codec) -> {
          long[] task = (long[]) OperatorState.read(file, step, TASK, codec).get(0);
          int[] owners = KeyGroups.owners(times.length, (int) task[1]);
          for (Object all : OperatorState.read(file, step, CLOSED_UP_TO, codec)) {
            raise(times, owners, task[0], group -> (Long) all);
          }
          for (Object each : OperatorState.read(file, step, CLOSED_BEFORE, codec)) {
            raise(times, owners, task[0], group -> ((long[]) each)[group]);
          }
        });
    return times;
  }

  private static void raise(long[] times, int[] owners, long owner, IntToLongFunction to) {
    for (int group = 0; group < times.length; group++) {
      if (owners[group] == owner) {
        times[group] = Math.max(times[group], to.applyAsLong(group));
      }
    }
  }

  /** The key groups of this task. */
  KeyGroupRange range() {
    return range;
  }

  /** The state of a user's processor. */
  StateReader reader(String step) {
    return name -> shareOfRunning(all(step, USER + name));
  }

  /** This task's share of what only tasks can take that have not come to their end. */
  private <T> List<T> shareOfRunning(List<T> all) {
    Set<Integer> finished = new HashSet<>();
    for (Object value : tasks()) {
      long[] task = (long[]) value;
      if (task[1] == spec.chain().parallelism() && task[2] == 1) {
        finished.add((int) task[0]);
      }
    }
    List<Integer> running = new ArrayList<>();
    for (int index = 0; index < spec.chain().parallelism(); index++) {
      if (!finished.contains(index)) {
        running.add(index);
      }
    }
    List<T> own = new ArrayList<>();
    int place = running.indexOf(spec.index());
    for (int i = place; place >= 0 && i < all.size(); i += running.size()) {
      own.add(all.get(i));
    }
    return own;
  }

  /** The task's splits: those of the plan, or what was left of them. */
  List<SourceSplit> splits(String source) {
    if (!isRestored() || all(source, TASK).isEmpty()) {
      return spec.splitsOf(source);
    }
    List<SourceSplit> all = new ArrayList<>();
    all(source, SPLIT).forEach(value -> all.add(split(value)));
    all.sort((a, b) -> a.id().compareTo(b.id()));
    return shareOfRunning(all);
  }

  /** A split, out of what was put into a checkpoint. */
  public static SourceSplit split(Object saved) {
    List<?> parts = (List<?>) saved;
    @SuppressWarnings("unchecked")
    Map<String, String> attributes = (Map<String, String>) parts.get(1);
    return new SourceSplit((String) parts.get(0), attributes);
  }

  /** What the tasks of this chain were when the checkpoint was taken. */
  public Beginning beginning() {
    boolean anyLeft = false;
    boolean finished = false;
    long watermark = Watermark.MAX;
    List<Object> tasks = tasks();
    for (Object value : tasks) {
      long[] task = (long[]) value;
      boolean same = task[0] == spec.index() && task[1] == spec.chain().parallelism();
      finished |= same && task[2] == 1;
      if (task[2] == 0) {
        anyLeft = true;
        watermark = Math.min(watermark, task[3]);
      }
    }
    if (tasks.isEmpty() || watermark == Watermark.MAX) {
      watermark = Watermark.MIN;
    }
    return new Beginning(!tasks.isEmpty() && (finished || !anyLeft), watermark);
  }

  /**
   * What {@link #save} put down for the first step of this chain that may keep state. A chain
   * without such a step begins anew: another version of the application may call others of its
   * steps by the same ids.
   */
  private List<Object> tasks() {
    Set<String> keeping = spec.plan().states().keySet();
    return spec.chain().processors().stream()
        .filter(keeping::contains)
        .findFirst()
        .map(step -> all(step, TASK))
        .orElse(List.of());
  }

  /** Puts down what {@link #beginning} needs. */
  public void save(TaskSnapshot to, boolean finished, long watermark) {
    long[] task = {spec.index(), spec.chain().parallelism(), finished ? 1 : 0, watermark};
    for (String step : spec.chain().processors()) {
      to.put(step, TASK, task);
    }
  }

  /** Puts down a value of a user's processor. */
  static void putUser(TaskSnapshot to, String step, String name, Object value) {
    to.put(step, USER + name, value);
  }

  /**
   * How a task begins.
   *
   * @param finished it had come to its end before the checkpoint
   * @param watermark that it had come to
   */
  public record Beginning(boolean finished, long watermark) {}

  private interface FileVisitor {
    void visit(SnapshotReader file, Codec<Object> codec) throws IOException;
  }

  private void forEachFile(String step, FileVisitor visitor) {
    if (manifest == null) {
      return;
    }
    for (Manifest.TaskFile task : manifest.tasks()) {
      if (task.steps().contains(step)) {
        try (SnapshotReader file = manifest.open(store, task)) {
          TypeDictionary dictionary = TypeDictionary.read(new Input(file.types()));
          visitor.visit(file, CodecRegistry.of(dictionary, loader).any());
        } catch (IOException e) {
          throw new UncheckedIOException(
              "the checkpoint " + manifest.name() + " can't be read: " + e.getMessage(), e);
        }
      }
    }
  }
}
