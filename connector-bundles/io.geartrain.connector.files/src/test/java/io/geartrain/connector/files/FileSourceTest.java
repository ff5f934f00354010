package io.geartrain.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.api.SourceSplit;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path folder;

  @Test
  void shouldListTheFilesOfAFolderSortedAndBelow() throws Exception {
    write("b.txt", "0123456789");
    write("sub/a.txt", "01234");
    write("a.txt", "");
    write(".b.txt.word-count-7f3a.in-progress", "half");

    List<SourceSplit> splits = FileSource.lines(folder.toString()).splitBytes(4).splits(2);

    assertThat(ids(splits))
        .containsExactly("a.txt@0", "b.txt@0", "b.txt@4", "b.txt@8", "sub/a.txt@0", "sub/a.txt@4");
    assertThat(FileSource.lines(folder.toString()).splitBytes(4).splits(7)).isEqualTo(splits);
  }

  @Test
  void shouldReadAFileOnceThoughNamedTwice() throws Exception {
    Path file = write("a.txt", "x");
    String list = file + File.pathSeparator + folder + File.pathSeparator;

    assertThat(ids(FileSource.linesOf(list).splits(1))).containsExactly("a.txt@0");
  }

  @Test
  void shouldGoOnOnlyWithWhatIsThereAndItsOwn() throws Exception {
    Path file = write("a.txt", "0123456789");
    FileSource source = FileSource.lines(folder.toString());
    List<SourceSplit> left = source.splits(1);

    source.validateRemaining(left);
    FileSource.lines(file.toString()).validateRemaining(left);
    Path other = write("b.txt", "x");
    assertThatThrownBy(() -> FileSource.lines(other.toString()).validateRemaining(left))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " has been read up to byte 0, and is not among the input");
    Files.writeString(file, "01234");
    assertThatThrownBy(() -> source.validateRemaining(left))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("5 bytes instead of 10");
    Files.delete(file);
    assertThatThrownBy(() -> source.validateRemaining(left))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ", read up to byte 0, is gone");
  }

  @Test
  void shouldNameTheInputThatDoesNotExist() {
    Path missing = folder.resolve("no.txt");

    assertThatThrownBy(() -> FileSource.lines(missing.toString()).splits(1))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("input " + missing + " does not exist");
    assertThatThrownBy(() -> FileSource.lines("no.txt").splits(1))
        .hasMessageStartingWith("input no.txt (that is, " + Path.of("no.txt").toAbsolutePath());
  }

  @Test
  void shouldRefuseAFolderWithoutFiles() {
    assertThatThrownBy(() -> FileSource.lines(folder.toString()).splits(1))
        .hasMessage("input folder " + folder + " holds no files");
  }

  @Test
  void shouldRefuseNoPathAtAll() {
    assertThatThrownBy(() -> FileSource.linesOf(" "))
        .hasMessage("no input path is given; name a file or a folder");
  }

  private List<String> ids(List<SourceSplit> splits) {
    return splits.stream().map(split -> split.id().replace(folder + "/", "")).toList();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
