package io.geartrain.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path home;

  @Test
  void shouldLetOneNodeInAtATime() throws Exception {
    Path folder = home.resolve("data");
    try (DataFolder first = DataFolder.open(folder, 4711)) {
      assertThatThrownBy(() -> DataFolder.open(folder, 4712))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining("another node (pid 4711)")
          .hasMessageContaining(folder.toString());
      assertThat(Files.readString(folder.resolve("lock"))).isEqualTo("4711\n");
    }
    DataFolder.open(folder, 4713).close();
  }

  @Test
  void shouldRemoveTheAnnouncementOfANodeThatWasKilled() throws Exception {
    Path announcement = Files.writeString(home.resolve("node.json"), "{}");

    try (DataFolder folder = DataFolder.open(home, 1)) {
      assertThat(announcement).doesNotExist();
    }
  }

  @Test
  void shouldKeepTheIdOfTheNode() throws Exception {
    try (DataFolder folder = DataFolder.open(home, 1)) {
      String id = folder.nodeId(RandomGenerator.getDefault());

      assertThat(id).matches("node-[0-9a-f]{4}");
      assertThat(folder.nodeId(RandomGenerator.getDefault())).isEqualTo(id);
    }
  }

  @Test
  void shouldSayThatTheFolderCanNotBeWritten() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.open(file.resolve("data"), 1))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("can't be written")
        .hasMessageContaining("--data FOLDER");
  }
}
