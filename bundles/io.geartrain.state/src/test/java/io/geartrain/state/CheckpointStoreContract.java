package io.geartrain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.spi.CheckpointStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store of checkpoints does. */
abstract class CheckpointStoreContract {
  /** A store; another one on the same place if called again, or a new one. */
  abstract CheckpointStore store() throws IOException;

  static CheckpointStore.Receipt put(CheckpointStore store, String checkpoint, byte[] bytes)
      throws IOException {
    try (CheckpointStore.Upload upload = store.create("app", checkpoint, "file")) {
      upload.write(bytes, 0, bytes.length);
      return upload.complete();
    }
  }

  @Test
  void whatIsCompleteIsThere() throws IOException {
    CheckpointStore store = store();
    byte[] bytes = new byte[700_001];
    new Random(1).nextBytes(bytes);
    CheckpointStore.Receipt receipt = put(store, "2", bytes);
    put(store, "1", new byte[0]);

    assertThat(receipt)
        .isEqualTo(
            new CheckpointStore.Receipt(
                "file", bytes.length, SnapshotFile.crc(bytes, 0, bytes.length)));
    assertThat(store.applications()).containsExactly("app");
    assertThat(store.list("app")).containsExactly("1", "2");
    assertThat(store.list("other")).isEmpty();
    try (CheckpointStore.StoredFile file = store.open("app", "2", "file")) {
      assertThat(file.length()).isEqualTo(bytes.length);
      byte[] read = new byte[bytes.length];
      file.read(0, read, 0, read.length);
      assertThat(read).isEqualTo(bytes);
      assertThatThrownBy(() -> file.read(bytes.length - 1, read, 0, 2))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void namesStayWithinTheFolder() {
    for (String bad : new String[] {"..", ".x", "a/b", "", "a\0", "ä"}) {
      assertThatThrownBy(() -> store().create("app", bad, "file"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("letters, digits");
    }
  }

  @Test
  void nobodySeesWhatIsNotComplete() throws IOException {
    CheckpointStore store = store();
    try (CheckpointStore.Upload upload = store.create("app", "1", "file")) {
      upload.write(new byte[9], 0, 9);
      assertThatThrownBy(() -> store.open("app", "1", "file"))
          .isInstanceOf(NoSuchFileException.class);
    }
    assertThatThrownBy(() -> store.open("app", "1", "file"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatIsDeletedIsGone() throws IOException {
    CheckpointStore store = store();
    put(store, "1", new byte[3]);
    put(store, "2", new byte[3]);
    store.delete("app", "1");
    store.delete("app", "1");
    store.delete("other", "1");
    assertThat(store.list("app")).containsExactly("2");
    assertThatThrownBy(() -> store.open("app", "1", "file"))
        .isInstanceOf(NoSuchFileException.class);
  }
}
