package io.geartrain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCheckpointStoreTest extends CheckpointStoreContract {
  @TempDir Path root;

  @Override
  LocalCheckpointStore store() {
    return new LocalCheckpointStore(root.resolve("a/b"));
  }

  @Test
  void whatIsGivenUpLeavesNoTrace() throws IOException {
    LocalCheckpointStore store = store();
    try (CheckpointStore.Upload upload = store.create("app", "1", "file")) {
      upload.write(new byte[9], 0, 9);
    }
    assertThatThrownBy(() -> store.open("app", "1", "file"))
        .isInstanceOf(NoSuchFileException.class);
    try (Stream<Path> files = Files.list(root.resolve("a/b/app/1"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatTheDiskHasChangedIsNotCompleted() throws IOException {
    LocalCheckpointStore store = store();
    byte[] bytes = new byte[700_001];
    try (CheckpointStore.Upload upload = store.create("app", "1", "file")) {
      upload.write(bytes, 0, bytes.length);
      turnOver(onlyFile("a/b/app/1"), 300_000);

      assertThatThrownBy(upload::complete)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("app/1/file")
          .hasMessageContaining("what was read back is not what was written");
    }
    try (Stream<Path> files = Files.list(root.resolve("a/b/app/1"))) {
      assertThat(files).isEmpty();
    }
  }

  private Path onlyFile(String folder) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files.toList().get(0);
    }
  }

  private static void turnOver(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void leftoversOfADeadProcessGo() throws IOException {
    store().create("app", "1", "file").write(new byte[9], 0, 9);
    put(store(), "2", new byte[1]);
    Files.createDirectory(root.resolve("a/b/app/.3.dead"));

    LocalCheckpointStore next = store();
    next.removeLeftovers();

    assertThat(next.list("app")).containsExactly("1", "2");
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  @Test
  void deletesWholeCheckpoints() throws IOException {
    LocalCheckpointStore store = store();
    put(store, "1", new byte[3]);
    store.delete("app", "1");
    store.delete("app", "1");
    assertThat(store.list("app")).isEmpty();
    try (Stream<Path> files = Files.list(root.resolve("a/b/app"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(root.resolve("a"), "a file");
    assertThatThrownBy(() -> store().create("app", "1", "file"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("can't write the checkpoint file")
        .hasMessageContaining("app/1/file");
  }
}
