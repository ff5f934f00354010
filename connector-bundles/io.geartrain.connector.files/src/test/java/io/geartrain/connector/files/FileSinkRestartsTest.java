package io.geartrain.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.api.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts are shown once, however often tasks are killed and whatever their number. */
class FileSinkRestartsTest {
  @TempDir Path folder;

  @Test
  void shouldShowEachLineOnceFromTwoTasksToThreeAndToOne() throws Exception {
    Run run = new Run(folder);
    for (int tasks : new int[] {2, 3, 1}) {
      run.begin(tasks, new Random(tasks));
      for (int task = 0; task < tasks; task++) {
        run.write(task);
      }
      run.prepare();
      run.stand();
      run.write(0);
      run.prepare();
      run.write(0);
      run.kill();
    }
    assertThat(run.linesShown()).hasSize(10);

    run.begin(1, new Random(0));

    assertThat(run.linesShown()).containsExactlyInAnyOrderElementsOf(run.safeLines()).hasSize(12);
    assertThat(run.leftInProgress()).isEmpty();
  }

  @Test
  void shouldShowEachLineOnceWhateverHappens() throws Exception {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Run run = new Run(Files.createDirectory(folder.resolve("run-" + seed)));
      for (int attempt = 0; attempt < 6; attempt++) {
        if (random.nextInt(4) == 0) {
          run.anotherApplication();
        }
        run.begin(1 + random.nextInt(3), random);
        for (int step = random.nextInt(12); step > 0; step--) {
          run.step(random);
        }
        run.kill();
      }
      run.begin(1 + random.nextInt(3), random);
      run.write(0);
      run.finish();

      assertThat(run.linesShown())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(run.safeLines());
      assertThat(run.linesByTask().values())
          .as("seed %d, by the names of the files", seed)
          .allSatisfy(lines -> assertThat(lines).isSorted());
    }
  }

  /** An application, with what its app master knows; lines are numbers that rise. */
  private static final class Run {
    private final Path folder;
    private final FileSink<Object> sink;
    private final List<SinkWriter<Object>> writers = new ArrayList<>();
    private final List<List<String>> pending = new ArrayList<>();
    private List<String> safe = List.of();
    private List<Integer> safeLines = List.of();
    private final List<Integer> lines = new ArrayList<>();
    private int applications = 1;
    private long checkpoint;
    private long standing;
    private int next;

    Run(Path folder) {
      this.folder = folder;
      this.sink = FileSink.parts(folder.toString());
    }

    void anotherApplication() {
      applications++;
    }

    void begin(int tasks, Random random) throws Exception {
      checkpoint = standing;
      lines.clear();
      lines.addAll(safeLines);
      for (int index = 0; index < tasks; index++) {
        writers.add(null);
        pending.add(new ArrayList<>());
      }
      int first = random.nextInt(tasks);
      for (int i = 0; i < tasks; i++) {
        int index = (first + i) % tasks;
        for (int each = index; each < safe.size(); each += tasks) {
          sink.commit(safe.get(each));
        }
        Task task = new Task("app-" + applications, index, tasks);
        sink.discardAllBut(new LinkedHashSet<>(safe), task);
        writers.set(index, sink.open(task));
        write(index);
      }
    }

    void step(Random random) throws Exception {
      switch (random.nextInt(6)) {
        case 0 -> prepare();
        case 1 -> {
          prepare();
          stand();
        }
        case 2 -> commit(random.nextInt(writers.size()));
        default -> write(random.nextInt(writers.size()));
      }
    }

    void write(int task) throws Exception {
      lines.add(next);
      writers.get(task).write(next++, 0);
    }

    void prepare() throws Exception {
      checkpoint++;
      for (int task = 0; task < writers.size(); task++) {
        ready(task, writers.get(task).prepare(checkpoint));
      }
    }

    void finish() throws Exception {
      for (int task = 0; task < writers.size(); task++) {
        ready(task, writers.get(task).finish());
      }
      checkpoint++;
      stand();
      for (int task = 0; task < writers.size(); task++) {
        commit(task);
      }
    }

    private void ready(int task, String prepared) {
      if (prepared != null) {
        pending.get(task).add(prepared);
      }
    }

    /** The checkpoint that was prepared last stands; nobody has told the tasks yet. */
    void stand() {
      standing = checkpoint;
      safe = pending.stream().flatMap(List::stream).toList();
      safeLines = List.copyOf(lines);
    }

    /** A task hears of the last checkpoint. */
    void commit(int task) throws Exception {
      for (String each : List.copyOf(pending.get(task))) {
        if (safe.contains(each)) {
          sink.commit(each);
          pending.get(task).remove(each);
        }
      }
    }

    /** No task comes to close anything. */
    void kill() {
      writers.clear();
      pending.clear();
    }

    List<Integer> safeLines() {
      return safeLines;
    }

    List<Integer> linesShown() throws IOException {
      return linesByTask().values().stream().flatMap(List::stream).toList();
    }

    /** In the order of the names of the files. */
    Map<String, List<Integer>> linesByTask() throws IOException {
      Map<String, List<Integer>> byTask = new TreeMap<>();
      for (Path file : files()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".")) {
          List<Integer> ofTask =
              byTask.computeIfAbsent(
                  name.replaceAll("(part-\\d+-of-\\d+-).*", "$1"), task -> new ArrayList<>());
          Files.readAllLines(file).forEach(line -> ofTask.add(Integer.parseInt(line)));
        }
      }
      return byTask;
    }

    /** What is hidden and not of the writers that are open. */
    List<Path> leftInProgress() throws IOException {
      return files().stream()
          .filter(file -> file.toString().endsWith(".in-progress"))
          .filter(file -> !file.toString().contains("-next-"))
          .toList();
    }

    private List<Path> files() throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.sorted().toList();
      }
    }
  }
}
