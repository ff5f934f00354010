package io.geartrain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.spi.CheckpointStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotFileTest {
  private static final SnapshotFile.Header HEADER =
      new SnapshotFile.Header("word-count-12ab", 7, 3, 1, "chain-2/0");

  private static byte[] file() throws IOException {
    MemoryFile file = new MemoryFile("task");
    try (SnapshotWriter writer = new SnapshotWriter(file, HEADER)) {
      writer.block("count", "value:n", 0, 2, new byte[] {1, 2, 3, 4});
      writer.block("count", "value:n", 5, 1, new byte[] {5});
      writer.block("count", "value:n", 0, 1, new byte[] {6});
      writer.block("sink", "prepared", SnapshotFile.NO_GROUP, 1, new byte[] {7, 8});
      writer.complete(new byte[] {9, 9});
    }
    return file.bytes();
  }

  private static SnapshotReader open(byte[] bytes) throws IOException {
    return new SnapshotReader(MemoryFile.open("task", bytes));
  }

  @Test
  void everythingComesBack() throws IOException {
    try (SnapshotReader reader = open(file())) {
      assertThat(reader.header()).isEqualTo(HEADER);
      assertThat(reader.types()).containsExactly(9, 9);
      assertThat(reader.steps()).containsExactly("count", "sink");
      List<SnapshotFile.Block> low = reader.blocks("count", new KeyGroupRange(0, 4, 8));
      assertThat(low).extracting(SnapshotFile.Block::entries).containsExactly(2, 1);
      assertThat(reader.read(low.get(0))).containsExactly(1, 2, 3, 4);
      assertThat(reader.blocks("count", new KeyGroupRange(4, 8, 8))).hasSize(1);
      assertThat(reader.blocks("sink", new KeyGroupRange(0, 8, 8))).isEmpty();
      assertThat(reader.read(reader.operatorBlocks("sink", "prepared").get(0)))
          .containsExactly(7, 8);
      assertThat(reader.operatorBlocks("sink", "other")).isEmpty();
    }
  }

  @Test
  void aChangeOfAnyByteIsFound() throws IOException {
    byte[] good = file();
    for (int at = 0; at < good.length; at++) {
      for (int change : new int[] {1, 0x80, 0xFF}) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) change;
        assertThatThrownBy(() -> readAll(bad))
            .as("byte %d of %d", at, good.length)
            .isInstanceOf(StateException.class)
            .hasMessageContaining("checkpoint file task");
      }
    }
  }

  @Test
  void aFileThatIsCutOffIsFound() throws IOException {
    byte[] good = file();
    for (int length = 0; length < good.length; length++) {
      byte[] bad = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> readAll(bad))
          .as("%d of %d bytes", length, good.length)
          .isInstanceOf(DamagedSnapshotException.class);
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> readAll(longer)).isInstanceOf(DamagedSnapshotException.class);
  }

  @Test
  void theDamagedBlockIsNamed() throws IOException {
    byte[] bytes = file();
    try (SnapshotReader reader = open(bytes)) {
      SnapshotFile.Block block = reader.blocks("count", new KeyGroupRange(4, 8, 8)).get(0);
      bytes[(int) block.position()]++;
      assertThatThrownBy(() -> reader.read(block))
          .isInstanceOf(DamagedSnapshotException.class)
          .hasMessageContaining("checkpoint file task")
          .hasMessageContaining("'value:n' of step 'count', key group 5");
    }
  }

  private static void readAll(byte[] bytes) throws IOException {
    try (SnapshotReader reader = open(bytes)) {
      reader.verify();
    }
  }

  @Test
  void manifestsComeBackAndDamageIsFound() throws IOException {
    byte[] content = file();
    CheckpointStore.Receipt receipt = new CheckpointStore.Receipt("task", content.length, 5);
    Manifest manifest =
        new Manifest(
            "word-count-12ab",
            7,
            3,
            1,
            "abc",
            1_000,
            true,
            Map.of("count", "a value for each key", "sink", "prepared output"),
            List.of(
                new Manifest.TaskFile("chain-2/0", List.of("count", "sink"), receipt, content),
                new Manifest.TaskFile("chain-2/1", List.of(), receipt, null)));
    byte[] bytes = manifest.toBytes();

    Manifest read = Manifest.fromBytes("m", bytes);
    assertThat(read).usingRecursiveComparison().isEqualTo(manifest);
    assertThat(read.name()).isEqualTo("0000000007-000003");
    try (SnapshotReader reader = read.open(null, read.tasks().get(0))) {
      reader.verify();
    }
    for (int at = 0; at < bytes.length; at++) {
      byte[] bad = bytes.clone();
      bad[at]++;
      assertThatThrownBy(() -> Manifest.fromBytes("m", bad))
          .isInstanceOf(DamagedSnapshotException.class);
      byte[] cut = Arrays.copyOf(bytes, at);
      assertThatThrownBy(() -> Manifest.fromBytes("m", cut))
          .isInstanceOf(DamagedSnapshotException.class);
    }
  }

  @Test
  void tellsWhatItHoldsOfWhichStep() throws IOException {
    byte[] content = file();
    Manifest.TaskFile task =
        new Manifest.TaskFile(
            "chain-2/0",
            List.of("count", "sink"),
            new CheckpointStore.Receipt("task", content.length, 5),
            content);
    Manifest manifest = new Manifest("word-count-12ab", 7, 3, 1, "abc", 1, false, List.of(task));

    Map<String, Set<String>> names = manifest.verify(new MemoryCheckpointStore());
    try (SnapshotReader reader = manifest.open(null, task)) {
      assertThat(names.keySet()).containsExactlyElementsOf(reader.steps());
      reader.blocks().forEach(block -> assertThat(names.get(block.step())).contains(block.state()));
    }
    Manifest less = manifest.without(List.of("count"));
    assertThat(less.tasks().get(0).steps()).containsExactly("sink");
    assertThat(less.tasks().get(0).content()).isEqualTo(content);
    assertThat(less.name()).isEqualTo(manifest.name());
  }

  @Test
  void aFileOfAnotherCheckpointIsRefused() throws IOException {
    byte[] content = file();
    Manifest.TaskFile task =
        new Manifest.TaskFile(
            "chain-2/0",
            List.of(),
            new CheckpointStore.Receipt("task", content.length, 5),
            content);
    Manifest later = new Manifest("word-count-12ab", 8, 3, 1, "abc", 1, false, List.of(task));
    assertThatThrownBy(() -> later.open(null, task))
        .isInstanceOf(DamagedSnapshotException.class)
        .hasMessageContaining("it belongs to");
  }
}
