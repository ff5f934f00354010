package io.geartrain.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.SinkWriter;
import io.geartrain.api.SourceSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkPartsTest {
  private static final String FIRST = "part-0-of-1-0000000001-sink%2F1@app-1";
  private static final Task TASK = new Task(0, 1);

  @TempDir Path folder;

  private FileSink<Object> sink;

  @BeforeEach
  void makeSink() {
    sink = FileSink.parts(folder.toString());
  }

  @Test
  void shouldShowWithEachCheckpointWhatWasWrittenSince() throws Exception {
    sink.validate();
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      writer.write("grün", 0);
      writer.write(42, 0);
      String first = writer.prepare(1);
      writer.write("next", 0);
      assertThat(shown()).isEmpty();

      sink.commit(first);
      assertThat(shown()).containsExactly(FIRST);
      assertThat(Files.readString(folder.resolve(FIRST))).isEqualTo("grün\n42\n");

      sink.commit(writer.prepare(12));
      writer.write("last", 0);
      sink.commit(writer.finish());
    }

    assertThat(shown())
        .containsExactly(
            FIRST, "part-0-of-1-0000000012-sink%2F1@app-1", "part-0-of-1-end-sink%2F1@app-1");
    assertThat(linesShown()).containsExactly("grün", "42", "next", "last");
    assertThat(hidden()).containsExactly(".part-0-of-1-sink%2F1@app-1.shown");
  }

  @Test
  void shouldShowNoPartWithoutALine() throws Exception {
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      assertThat(writer.prepare(1)).isNull();
      writer.write("x", 0);
      sink.commit(writer.prepare(2));
      assertThat(writer.prepare(3)).isNull();
      assertThat(writer.finish()).isNull();
    }

    assertThat(shown()).containsExactly("part-0-of-1-0000000002-sink%2F1@app-1");
  }

  @Test
  void shouldLeaveNothingWhenClosedUnfinished() throws Exception {
    SinkWriter<Object> writer = sink.open(TASK);
    writer.write("x", 0);
    assertThat(hidden()).containsExactly(".part-0-of-1-next-sink%2F1@app-1.in-progress");

    writer.close();

    assertThat(hidden()).isEmpty();
  }

  @Test
  void shouldShowAfterAKillWhatTheCheckpointHolds() throws Exception {
    SinkWriter<Object> killed = sink.open(TASK);
    killed.write("before", 0);
    String safe = killed.prepare(1);
    killed.write("never stood", 0);
    killed.prepare(2);
    killed.write("in progress", 0);
    assertThat(hidden()).hasSize(3);

    sink.commit(safe);
    sink.discardAllBut(Set.of(safe), TASK);
    assertThat(hidden()).containsExactly(".part-0-of-1-sink%2F1@app-1.shown");
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      writer.write("again", 0);
      sink.commit(writer.prepare(2));
    }

    assertThat(linesShown()).containsExactly("before", "again");
  }

  @Test
  void shouldKeepWhatAnotherTaskWillShow() throws Exception {
    SinkWriter<Object> killed = sink.open(TASK);
    killed.write("before", 0);
    String safe = killed.prepare(1);

    sink.discardAllBut(Set.of(safe), TASK);
    sink.commit(safe);

    assertThat(linesShown()).containsExactly("before");
  }

  @Test
  void shouldBeginAnewWithoutACheckpoint() throws Exception {
    SinkWriter<Object> killed = sink.open(TASK);
    killed.write("prepared", 0);
    killed.prepare(1);
    killed.write("in progress", 0);

    sink.discardAllBut(Set.of(), TASK);

    assertThat(hidden()).isEmpty();
  }

  @Test
  void shouldBeContentWithWhatHasAppearedEvenIfItWasTakenAway() throws Exception {
    List<String> prepared = new ArrayList<>();
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      for (int i = 1; i <= 3; i++) {
        writer.write(i, 0);
        prepared.add(writer.prepare(i));
      }
    }
    for (int i : new int[] {0, 0, 2, 1}) {
      sink.commit(prepared.get(i));
    }
    assertThat(linesShown()).containsExactly("1", "2", "3");

    for (String name : shown()) {
      Files.delete(folder.resolve(name));
    }
    for (String each : prepared) {
      sink.commit(each);
    }

    assertThat(shown()).isEmpty();
  }

  @Test
  void shouldNotTakeForShownWhatIsGone() throws Exception {
    String second;
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      writer.write("first", 0);
      sink.commit(writer.prepare(1));
      writer.write("second", 0);
      second = writer.prepare(2);
    }
    Path hidden = folder.resolve(".part-0-of-1-0000000002-sink%2F1@app-1.in-progress");
    Files.delete(hidden);

    assertThatThrownBy(() -> sink.commit(second))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("part-0-of-1-0000000002-sink%2F1@app-1 can't appear")
        .hasMessageContaining(hidden + " is gone; bring it back");
  }

  @Test
  void shouldNotShowWhatIsCutOff() throws Exception {
    String prepared;
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      writer.write("line", 0);
      prepared = writer.prepare(1);
    }
    Files.writeString(folder.resolve("." + FIRST + ".in-progress"), "li");

    assertThatThrownBy(() -> sink.commit(prepared))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has 2 bytes instead of 5; bring it back");
    assertThat(shown()).isEmpty();
  }

  @Test
  void shouldSayWhyAPartCannotAppear() throws Exception {
    String prepared;
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      writer.write("line", 0);
      prepared = writer.prepare(1);
    }
    Path inTheWay = Files.createDirectory(folder.resolve(".part-0-of-1-sink%2F1@app-1.shown"));

    assertThatThrownBy(() -> sink.commit(prepared))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("output " + folder.resolve(FIRST) + " can't appear: ")
        .hasMessageContaining("see that the folder is writable");
    assertThat(shown()).isEmpty();
    Files.delete(inTheWay);
    sink.commit(prepared);
    assertThat(shown()).containsExactly(FIRST);
  }

  @Test
  void shouldNotReplaceWhatIsOfAnother() throws Exception {
    String prepared;
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      writer.write("line", 0);
      prepared = writer.prepare(1);
    }
    Path foreign = Files.writeString(folder.resolve(FIRST), "other");

    assertThatThrownBy(() -> sink.commit(prepared))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("output " + foreign)
        .hasMessageContaining("there is another file in its place; move that away");
    assertThat(foreign).hasContent("other");
    Files.delete(foreign);
    sink.commit(prepared);
    assertThat(linesShown()).containsExactly("line");
  }

  @Test
  void shouldKeepApplicationsAndStepsInOneFolderApart() throws Exception {
    List<Task> writers = List.of(TASK, new Task("app-2", 0, 1), new Task("app-1", "sink_1", 0, 1));
    List<String> prepared = new ArrayList<>();
    for (Task each : writers) {
      sink.discardAllBut(Set.of(), each);
      SinkWriter<Object> writer = sink.open(each);
      writer.write(each.applicationId() + " " + each.processorId(), 0);
      prepared.add(writer.prepare(1));
    }
    for (String each : prepared) {
      sink.commit(each);
    }

    assertThat(linesShown())
        .containsExactlyInAnyOrder("app-1 sink/1", "app-2 sink/1", "app-1 sink_1");
  }

  @Test
  void shouldLetOtherApplicationsGoOnAnyNumberOfTimes() throws Exception {
    SinkWriter<Object> killed = sink.open(TASK);
    killed.write("before", 0);
    String safe = killed.prepare(1);
    killed.write("after", 0);
    killed.prepare(2);

    for (String other : List.of("app-2", "app-3")) {
      sink.commit(safe);
      sink.discardAllBut(Set.of(safe), new Task(other, 0, 1));
      try (SinkWriter<Object> writer = sink.open(new Task(other, 0, 1))) {
        writer.write("by " + other, 0);
        sink.commit(writer.prepare(2));
      }
    }

    assertThat(linesShown()).containsExactly("before", "by app-2", "by app-3");
    assertThat(hidden()).contains(".part-0-of-1-0000000002-sink%2F1@app-1.in-progress");
  }

  @Test
  void shouldClearUpAfterTasksThatAreNoMore() throws Exception {
    for (int index = 0; index < 3; index++) {
      SinkWriter<Object> killed = sink.open(new Task(index, 3));
      killed.write("never stood", 0);
      killed.prepare(1);
      killed.write("in progress", 0);
    }

    sink.discardAllBut(Set.of(), new Task(1, 2));
    assertThat(hidden()).hasSize(4).noneMatch(name -> name.startsWith(".part-1"));
    sink.discardAllBut(Set.of(), new Task(0, 2));
    assertThat(hidden()).isEmpty();
  }

  @Test
  void shouldNotGoOnWithOneFileButLetOneFileFollow() throws Exception {
    Path file = folder.resolve("out.txt");
    FileSink<Object> single = FileSink.lines(file.toString());
    String begun;
    try (SinkWriter<Object> writer = single.open(TASK)) {
      writer.write("in one file", 0);
      begun = writer.prepare(1);
    }
    String part;
    try (SinkWriter<Object> writer = sink.open(TASK)) {
      writer.write("in parts", 0);
      part = writer.prepare(1);
    }

    assertThatThrownBy(() -> sink.discardAllBut(Set.of(begun), new Task("app-2", 0, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " was begun as one file")
        .hasMessageContaining("write it to one file again");
    single.commit(part);
    single.discardAllBut(Set.of(part), TASK);
    try (SinkWriter<Object> writer = single.open(TASK)) {
      writer.write("and on", 0);
      single.commit(writer.finish());
    }
    assertThat(linesShown()).containsExactly("and on", "in parts");
  }

  @Test
  void shouldHideFromSourcesWhatHasNotAppeared() throws Exception {
    SinkWriter<Object> writer = sink.open(TASK);
    writer.write("first", 0);
    sink.commit(writer.prepare(1));
    writer.write("second", 0);
    writer.prepare(2);
    writer.write("third", 0);
    assertThat(hidden()).hasSize(3);

    assertThat(FileSource.lines(folder.toString()).splits(1))
        .extracting(SourceSplit::id)
        .containsExactly(folder.resolve(FIRST) + "@0");
  }

  @Test
  void shouldRefuseAFolderThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path missing = folder.resolve("no");

    assertThatThrownBy(() -> FileSink.parts(missing.toString()).validate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("output folder " + missing + " does not exist; create it");
    assertThatThrownBy(() -> FileSink.parts(file.toString()).validate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("output folder " + file + " is no folder");
    assertThatThrownBy(() -> FileSink.parts(missing.toString()).discardAllBut(Set.of(), TASK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing + " can't be cleared")
        .hasMessageContaining("see that it exists and is writable");
    assertThatThrownBy(() -> FileSink.parts(missing.toString()).open(TASK).write("x", 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("output folder " + missing + " can't be written")
        .hasMessageContaining("see that it exists, is writable and has room");
  }

  @Test
  void shouldWriteAsToldByAsManyTasksAsTheStepBefore() throws Exception {
    FileSink<Integer> hexadecimal = FileSink.parts(folder.toString(), Integer::toHexString);
    try (SinkWriter<Integer> writer = hexadecimal.open(TASK)) {
      writer.write(11, 0);
      hexadecimal.commit(writer.finish());
    }

    assertThat(linesShown()).containsExactly("b");
    assertThat(hexadecimal.preferredParallelism()).isZero();
  }

  private List<String> linesShown() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : shown()) {
      lines.addAll(Files.readAllLines(folder.resolve(name)));
    }
    return lines;
  }

  private List<String> shown() throws IOException {
    return files().stream().filter(name -> !name.startsWith(".")).toList();
  }

  private List<String> hidden() throws IOException {
    return files().stream().filter(name -> name.startsWith(".")).toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
