package io.geartrain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.ListState;
import io.geartrain.api.MapState;
import io.geartrain.api.ValueState;
import io.geartrain.codec.CodecRegistry;
import io.geartrain.codec.TypeDictionary;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.Codec;
import io.geartrain.spi.Input;
import io.geartrain.spi.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From tasks to files to tasks of another number. */
class KeyedStatesTest {
  private static final ClassLoader LOADER = KeyedStatesTest.class.getClassLoader();
  private static final int GROUPS = 64;

  @TempDir Path root;

  record User(String name, int shard) {}

  record Visit(long at, String page) {}

  /** The states of one task. */
  private static final class Task {
    final CodecRegistry codecs = CodecRegistry.growing(TypeDictionary.EMPTY, LOADER);
    final KeyGroupRange range;
    final KeyedStates<User> states;
    ValueState<Long> count;
    ListState<Visit> visits;
    MapState<String, Long> pages;
    KeyGroupTable<User, long[]> sums;
    TimerTable<User> timers;

    Task(int index, int tasks) {
      range = new KeyGroupRange(index * GROUPS / tasks, (index + 1) * GROUPS / tasks, GROUPS);
      states = new KeyedStates<>(range, codecs.any(), KeyGroupTableTest::hash);
    }

    void open() {
      count = states.value("count");
      visits = states.list("visits");
      pages = states.map("pages");
      sums = states.table("sums", any -> new KeyGroupTableTest.Numbers());
      timers = states.timers("timers");
      states.seal("step");
    }

    void process(User user, Visit visit) {
      if (!range.contains(range.groupOf(KeyGroupTableTest.hash(user)))) {
        return;
      }
      states.key(user);
      count.set(count.get() == null ? 1 : count.get() + 1);
      visits.add(visit);
      pages.put(visit.page, visit.at);
      sums.updateOrCreate(user, states.hash(), u -> new long[1])[0] += visit.at;
      assertThat(timers.add(user, states.hash(), visit.at)).isTrue();
      assertThat(timers.add(user, states.hash(), visit.at)).isFalse();
      if (visit.at % 2 == 0) {
        assertThat(timers.remove(user, states.hash(), visit.at)).isTrue();
        assertThat(timers.remove(user, states.hash(), visit.at)).isFalse();
      }
      states.key(null);
    }
  }

  private static User user(int i) {
    return new User("user " + i % 300, i % 3);
  }

  private static Visit visit(int i) {
    return new Visit(i, "/" + i % 4);
  }

  private Manifest checkpoint(CheckpointStore store, List<Task> tasks) throws IOException {
    List<Manifest.TaskFile> files = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      CheckpointStore.Upload upload = store.create("app", Manifest.name(1, 1), "task-" + i);
      SnapshotFile.Header header = new SnapshotFile.Header("app", 1, 1, 1, "0/" + i);
      try (SnapshotWriter writer = new SnapshotWriter(upload, header)) {
        KeyGroupTableTest.Blocks blocks = new KeyGroupTableTest.Blocks();
        Snapshot snapshot = task.states.begin(blocks);
        new OperatorState(task.codecs.any(), blocks).put("position", new Visit(i, "here"));
        int later = 10_000;
        while (!snapshot.step(0, () -> 0)) {
          task.process(user(later), visit(later++));
        }
        for (KeyGroupTableTest.Blocks.Block block : blocks.blocks) {
          writer.block("step", block.state(), block.keyGroup(), block.entries(), block.bytes());
        }
        Output types = new Output();
        task.codecs.dictionary().write(types);
        files.add(
            new Manifest.TaskFile(
                "0/" + i, List.of("step"), writer.complete(types.toByteArray()), null));
      }
    }
    return new Manifest("app", 1, 1, 1, "print", 0, false, files);
  }

  private static Codec<Object> codec(SnapshotReader reader) {
    return CodecRegistry.of(TypeDictionary.read(new Input(reader.types())), LOADER).any();
  }

  @Test
  void stateSurvivesAChangeOfParallelism() throws IOException {
    CheckpointStore store = new LocalCheckpointStore(root);
    List<Task> before = List.of(new Task(0, 3), new Task(1, 3), new Task(2, 3));
    before.forEach(Task::open);
    for (int i = 0; i < 5_000; i++) {
      for (Task task : before) {
        task.process(user(i), visit(i));
      }
    }
    Manifest manifest = checkpoint(store, before);

    manifest.save(store);
    manifest.verify(store);
    assertThat(Manifest.load(store, "app", manifest.name()))
        .usingRecursiveComparison()
        .isEqualTo(manifest);
    Map<User, Integer> owners = new HashMap<>();
    TreeSet<Long> times = new TreeSet<>();
    for (int index = 0; index < 2; index++) {
      Task task = new Task(index, 2);
      List<Object> positions = new ArrayList<>();
      for (Manifest.TaskFile file : manifest.tasks()) {
        try (SnapshotReader reader = manifest.open(store, file)) {
          task.states.restore(reader, "step", codec(reader));
          positions.addAll(OperatorState.read(reader, "step", "position", codec(reader)));
        }
      }
      task.open();
      assertThat(positions)
          .containsExactly(new Visit(0, "here"), new Visit(1, "here"), new Visit(2, "here"));
      task.timers.forEach(
          (user, time) -> {
            assertThat(user(Math.toIntExact(time))).isEqualTo(user);
            assertThat(times.add(time)).isTrue();
          });
      int owner = index;
      task.sums.forEach(
          (user, hash, sum) -> {
            assertThat(owners.put(user, owner)).as("owner of %s", user).isNull();
            check(task, user, sum);
          });
    }
    assertThat(owners).hasSize(300);
    assertThat(times).hasSize(2_500).allMatch(time -> time % 2 == 1);
  }

  private static void check(Task task, User user, long[] sum) {
    List<Visit> expected = new ArrayList<>();
    Map<String, Long> pages = new HashMap<>();
    long total = 0;
    for (int i = 0; i < 5_000; i++) {
      if (user(i).equals(user)) {
        expected.add(visit(i));
        pages.put(visit(i).page, (long) i);
        total += i;
      }
    }
    task.states.key(user);
    assertThat(sum[0]).isEqualTo(total);
    assertThat(task.count.get()).isEqualTo(expected.size());
    assertThat(task.visits.get()).isEqualTo(expected);
    assertThat(task.pages.entries()).isEqualTo(pages);
    task.states.key(null);
  }

  @Test
  void theKeyAtHandDecides() {
    Task task = new Task(0, 1);
    task.open();
    User one = new User("one", 1);
    task.process(one, new Visit(1, "/"));
    task.states.key(new User("two", 2));
    assertThat(task.count.get()).isNull();
    assertThat(task.visits.get()).isEmpty();
    assertThat(task.pages.get("/")).isNull();
    task.states.key(one);
    assertThat(task.pages.get("/")).isEqualTo(1);
    task.pages.remove("/");
    assertThat(task.pages.entries()).isEmpty();
    task.visits.set(List.of());
    task.count.set(null);
    assertThat(task.states.size()).as("the table remains").isEqualTo(1);
    task.states.key(null);
    assertThatThrownBy(() -> task.count.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no key outside");
  }

  @Test
  void mistakesInDeclarationsAreNamed() throws IOException {
    CheckpointStore store = new LocalCheckpointStore(root);
    Task task = new Task(0, 1);
    task.open();
    task.process(user(1), visit(1));
    Manifest manifest = checkpoint(store, List.of(task));
    assertThatThrownBy(() -> task.states.value("late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'late' must be declared in open()");

    Task next = new Task(0, 1);
    try (SnapshotReader reader = manifest.open(store, manifest.tasks().get(0))) {
      next.states.restore(reader, "step", codec(reader));
    }
    assertThatThrownBy(() -> next.states.list("count"))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("'count' was a value when it was saved and is a list now");
    next.states.value("count");
    assertThatThrownBy(() -> next.states.table("count", UnaryOperator.identity()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two states");
    assertThatThrownBy(() -> next.states.seal("step"))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("step 'step' declares no state")
        .hasMessageContaining("'visits', 'pages', 'sums', 'timers'")
        .hasMessageContaining("--drop-state step");
  }

  @Test
  void missingAndDamagedFilesAreNamed() throws IOException {
    CheckpointStore store = new LocalCheckpointStore(root);
    Task task = new Task(0, 1);
    task.open();
    for (int i = 0; i < 300; i++) {
      task.process(user(i), visit(i));
    }
    Manifest manifest = checkpoint(store, List.of(task));
    assertThatThrownBy(() -> Manifest.load(store, "app", manifest.name()))
        .isInstanceOf(DamagedSnapshotException.class)
        .hasMessageContaining("app/0000000001-000001/manifest")
        .hasMessageContaining("missing");

    Path file = root.resolve("app").resolve(manifest.name()).resolve("task-0");
    byte[] bytes = Files.readAllBytes(file);
    bytes[500] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> manifest.verify(store))
        .isInstanceOf(DamagedSnapshotException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("step 'step', key group");

    Files.delete(file);
    assertThatThrownBy(() -> manifest.verify(store))
        .isInstanceOf(DamagedSnapshotException.class)
        .hasMessageContaining("task-0")
        .hasMessageContaining("missing");
  }
}
