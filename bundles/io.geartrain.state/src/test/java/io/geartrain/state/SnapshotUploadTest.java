package io.geartrain.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotUploadTest implements SnapshotUpload.Listener {
  private static final SnapshotFile.Header HEADER = new SnapshotFile.Header("app", 4, 2, 1, "0/0");

  @TempDir Path root;
  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final List<Manifest.TaskFile> stored = new ArrayList<>();
  private final List<Exception> failed = new ArrayList<>();

  @Override
  public void onStored(Manifest.TaskFile file) {
    stored.add(file);
  }

  @Override
  public void onFailed(Exception problem) {
    failed.add(problem);
  }

  private SnapshotUpload upload(Path folder) {
    return new SnapshotUpload(
        new LocalCheckpointStore(folder), HEADER, "task-0", executor::add, this);
  }

  private void runAll() {
    while (!executor.isEmpty()) {
      executor.remove().run();
    }
  }

  private static void give(SnapshotUpload upload, int blocks, int size) {
    for (int i = 0; i < blocks; i++) {
      upload.sink("step " + i % 2).onBlock("value:n", i, 1, new byte[size]);
    }
  }

  private void readBack(Manifest.TaskFile task, int blocks) throws IOException {
    CheckpointStore store = new LocalCheckpointStore(root);
    Manifest manifest = new Manifest("app", 4, 2, 1, "", 0, false, List.of(task));
    try (SnapshotReader reader = manifest.open(store, task)) {
      reader.verify();
      assertThat(reader.blocks()).hasSize(blocks);
      assertThat(reader.types()).containsExactly(7);
    }
  }

  @Test
  void smallSnapshotsGoIntoTheManifest() throws IOException {
    SnapshotUpload upload = upload(root);
    give(upload, 10, 100);
    assertThat(executor).as("one piece of work at a time").hasSize(1);
    assertThat(upload.queuedBytes()).isEqualTo(1_000);
    upload.finish(new byte[] {7});
    runAll();

    assertThat(upload.queuedBytes()).isZero();
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0).content()).isNotNull();
    assertThat(stored.get(0).steps()).containsExactly("step 0", "step 1");
    readBack(stored.get(0), 10);
    assertThat(new LocalCheckpointStore(root).list("app")).isEmpty();
  }

  @Test
  void largeSnapshotsGoIntoAFile() throws IOException {
    SnapshotUpload upload = upload(root);
    give(upload, 30, 1_000);
    runAll();
    give(upload, 30, 1_000);
    upload.finish(new byte[] {7});
    runAll();

    assertThat(stored).hasSize(1);
    assertThat(stored.get(0).content()).isNull();
    readBack(stored.get(0), 60);
    assertThat(new LocalCheckpointStore(root).list("app")).containsExactly("0000000004-000002");
  }

  @Test
  void manySmallBlocksGoIntoAFile() throws IOException {
    SnapshotUpload upload = upload(root);
    give(upload, 2_000, 8);
    upload.finish(new byte[] {7});
    runAll();
    assertThat(stored.get(0).content()).isNull();
    readBack(stored.get(0), 2_000);
  }

  @Test
  void anAbortedSnapshotLeavesNothing() throws IOException {
    SnapshotUpload upload = upload(root);
    give(upload, 30, 1_000);
    runAll();
    upload.abort();
    upload.finish(new byte[] {7});
    runAll();
    assertThat(stored).isEmpty();
    assertThat(failed).isEmpty();
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aFailureIsToldOnce() throws IOException {
    Path blocked = root.resolve("file");
    Files.writeString(blocked, "in the way");
    SnapshotUpload upload = upload(blocked);
    give(upload, 60, 1_000);
    upload.finish(new byte[] {7});
    runAll();
    assertThat(stored).isEmpty();
    assertThat(failed)
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining("can't write the checkpoint file"));
  }
}
