package io.geartrain.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
  @TempDir Path folder;

  @Test
  void shouldAppearOnlyWhenFinished() throws Exception {
    Path target = Files.writeString(folder.resolve("out.txt"), "of yesterday");
    FileSink<Object> sink = FileSink.lines(target.toString());
    sink.validate();

    SinkWriter<Object> writer = sink.open(new Task(0, 1));
    writer.write("grün", 0);
    writer.write(42, 0);
    assertThat(target).hasContent("of yesterday");
    String prepared = writer.finish();
    writer.close();
    assertThat(target).hasContent("of yesterday");
    sink.commit(prepared);
    sink.commit(prepared);

    assertThat(Files.readString(target)).isEqualTo("grün\n42\n");
    assertThat(filesLeft()).containsExactly("out.txt");
  }

  @Test
  void shouldLeaveNothingWhenClosedUnfinished() throws Exception {
    SinkWriter<Object> writer =
        FileSink.lines(folder.resolve("out.txt").toString()).open(new Task(0, 1));
    writer.write("x", 0);
    assertThat(filesLeft()).containsExactly(".out.txt.app-1.sink_1.in-progress");

    writer.close();

    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void shouldGoOnWhereTheCheckpointWas() throws Exception {
    Path target = folder.resolve("out.txt");
    FileSink<Object> sink = FileSink.lines(target.toString());
    String safe;
    try (SinkWriter<Object> writer = sink.open(new Task(0, 1))) {
      writer.write("before", 0);
      safe = writer.prepare(1);
      writer.write("after", 0);
      writer.prepare(2);
    }

    sink.commit(safe);
    sink.discardAllBut(Set.of(safe), new Task(0, 1));
    try (SinkWriter<Object> writer = sink.open(new Task(0, 1))) {
      writer.write("again", 0);
      sink.commit(writer.finish());
    }

    assertThat(Files.readString(target)).isEqualTo("before\nagain\n");
    assertThat(filesLeft()).containsExactly("out.txt");
  }

  /** What was made ready for a checkpoint that was given up is in the next one, too. */
  @Test
  void shouldGoOnWhereTheLastCheckpointWas() throws Exception {
    Path target = folder.resolve("out.txt");
    FileSink<Object> sink = FileSink.lines(target.toString());
    Set<String> safe = new LinkedHashSet<>();
    try (SinkWriter<Object> writer = sink.open(new Task(0, 1))) {
      writer.write("one", 0);
      safe.add(writer.prepare(1));
      writer.write("two", 0);
      safe.add(writer.prepare(2));
      writer.write("after", 0);
    }

    sink.discardAllBut(safe, new Task(0, 1));
    try (SinkWriter<Object> writer = sink.open(new Task(0, 1))) {
      writer.write("again", 0);
      sink.commit(writer.finish());
    }

    assertThat(Files.readString(target)).isEqualTo("one\ntwo\nagain\n");
  }

  @Test
  void shouldBeginAnewWithoutACheckpoint() throws Exception {
    FileSink<Object> sink = FileSink.lines(folder.resolve("out.txt").toString());
    try (SinkWriter<Object> writer = sink.open(new Task(0, 1))) {
      writer.write("before", 0);
      writer.prepare(1);
    }

    sink.discardAllBut(Set.of(), new Task(0, 1));

    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void shouldRefuseAnotherNumberOfTasks() throws Exception {
    FileSink<Object> sink = FileSink.lines(folder.resolve("out.txt").toString());
    String safe;
    try (SinkWriter<Object> writer = sink.open(new Task(0, 2))) {
      writer.write("before", 0);
      safe = writer.prepare(1);
    }

    assertThatThrownBy(() -> sink.discardAllBut(Set.of(safe), new Task(0, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("out.txt-0-of-2 was begun")
        .hasMessageContaining("this sink of 1 task for")
        .hasMessageContaining("the parallelism that it had");
  }

  @Test
  void shouldLetOtherApplicationsGoOnAnyNumberOfTimes() throws Exception {
    Path target = folder.resolve("out.txt");
    FileSink<Object> sink = FileSink.lines(target.toString());
    String safe;
    try (SinkWriter<Object> writer = sink.open(new Task("app-1", 0, 1))) {
      writer.write("before", 0);
      safe = writer.prepare(1);
      writer.write("after", 0);
      writer.prepare(2);
    }

    for (String other : List.of("app-2", "app-3")) {
      for (int attempt = 0; attempt < 2; attempt++) {
        sink.commit(safe);
        sink.discardAllBut(Set.of(safe), new Task(other, 0, 1));
        try (SinkWriter<Object> writer = sink.open(new Task(other, 0, 1))) {
          writer.write(other, 0);
          writer.prepare(2 + attempt);
        }
      }
      sink.discardAllBut(Set.of(safe), new Task(other, 0, 1));
      try (SinkWriter<Object> writer = sink.open(new Task(other, 0, 1))) {
        writer.write("by " + other, 0);
        sink.commit(writer.finish());
      }

      assertThat(Files.readString(target)).isEqualTo("before\nby " + other + "\n");
    }
    assertThat(folder.resolve(".out.txt.app-1.sink_1.in-progress")).hasContent("before\nafter\n");
    assertThat(filesLeft()).containsExactly(".out.txt.app-1.sink_1.in-progress", "out.txt");
  }

  @Test
  void shouldNotGoOnWithHalfACopy() throws Exception {
    Path target = folder.resolve("out.txt");
    FileSink<Object> sink = FileSink.lines(target.toString());
    String safe;
    try (SinkWriter<Object> writer = sink.open(new Task("app-1", 0, 1))) {
      writer.write("before", 0);
      safe = writer.prepare(1);
    }
    Files.writeString(folder.resolve(".out.txt.app-2.sink_1.in-progress.half"), "be");

    sink.discardAllBut(Set.of(safe), new Task("app-2", 0, 1));

    assertThat(folder.resolve(".out.txt.app-2.sink_1.in-progress")).hasContent("before\n");
    assertThat(filesLeft()).noneMatch(name -> name.endsWith(".half"));
  }

  @Test
  void shouldRefuseAnotherPath() throws Exception {
    String safe;
    try (SinkWriter<Object> writer =
        FileSink.lines(folder.resolve("out.txt").toString()).open(new Task(0, 1))) {
      writer.write("before", 0);
      safe = writer.prepare(1);
    }
    FileSink<Object> other = FileSink.lines(folder.resolve("other.txt").toString());

    assertThatThrownBy(() -> other.discardAllBut(Set.of(safe), new Task("app-2", 0, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("out.txt was begun, which this sink of 1 task for")
        .hasMessageContaining("other.txt");
  }

  @Test
  void shouldWriteAPartForEachOfSeveralTasks() throws Exception {
    FileSink<Integer> sink =
        FileSink.of(folder.resolve("out.txt").toString(), Integer::toHexString);

    for (int task = 0; task < 2; task++) {
      try (SinkWriter<Integer> writer = sink.open(new Task(task, 2))) {
        writer.write(10 + task, 0);
        sink.commit(writer.finish());
      }
    }

    assertThat(filesLeft()).containsExactly("out.txt-0-of-2", "out.txt-1-of-2");
    assertThat(folder.resolve("out.txt-1-of-2")).hasContent("b\n");
  }

  @Test
  void shouldWriteLinesOfAnyLength() throws Exception {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>();
    Path target = folder.resolve("out.txt");
    FileSink<Object> sink = FileSink.lines(target.toString());
    try (SinkWriter<Object> writer = sink.open(new Task(0, 1))) {
      for (int i = 0; i < 400; i++) {
        String line = "x".repeat(random.nextInt(i % 20 == 0 ? 200_000 : 2_000));
        lines.add(line);
        writer.write(line, 0);
      }
      sink.commit(writer.finish());
    }

    assertThat(Files.readAllLines(target)).isEqualTo(lines);
  }

  @Test
  void shouldRefuseAnOutputThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertRefused(folder.resolve("no/out.txt"), "output folder " + folder.resolve("no"));
    assertRefused(folder.resolve("no/out.txt"), "does not exist; create it");
    assertRefused(folder, "output " + folder + " is a folder");
    assertRefused(file.resolve("out.txt"), "is no folder");
    assertRefused(Path.of("/dev/null"), "is no regular file");
  }

  private static void assertRefused(Path output, String message) {
    assertThatThrownBy(() -> FileSink.lines(output.toString()).validate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private List<String> filesLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
