package io.geartrain.appmaster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.state.DamagedSnapshotException;
import io.geartrain.state.LocalCheckpointStore;
import io.geartrain.state.Manifest;
import io.geartrain.state.MemoryCheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointLogTest {
  private static final String APP = "count-1a2b";
  private static final String EPOCH = "/apps/" + APP + "/epoch";

  private final MetadataStore store = new InMemoryEnsemble().connect(Runnable::run);
  private final MemoryCheckpointStore files = new MemoryCheckpointStore();

  @Test
  void shouldFindNothingAtFirst() throws IOException {
    CheckpointLog log = reign(1);

    assertThat(log.latest().manifest()).isEmpty();
    assertThat(log.latest().lastUsed()).isZero();
  }

  @Test
  void shouldFindWhatWasCommittedInALaterReign() throws IOException {
    CheckpointLog first = reign(1);
    first.latest();
    commit(first, manifest(1, 1));
    commit(first, manifest(2, 1));

    assertThat(reign(2).latest().manifest()).contains(manifest(2, 1));
  }

  @Test
  void shouldNotCommitOnceDeposed() throws IOException {
    CheckpointLog deposed = reign(1);
    deposed.latest();
    Epoch.advance(store, EPOCH, APP);

    assertThatThrownBy(() -> commit(deposed, manifest(1, 1)))
        .isInstanceOf(CoordinationException.Fenced.class);
    assertThat(store.exists("/apps/" + APP + "/ckpt/1")).isFalse();
    assertThatThrownBy(() -> CheckpointLog.of(store, files, APP, 1, 2))
        .isInstanceOf(CoordinationException.Fenced.class);
  }

  @Test
  void shouldLetNoCommitOfThePastStandAfterTheSearch() throws IOException {
    CheckpointLog log = reign(1);
    log.latest();
    CheckpointLog again = CheckpointLog.of(store, files, APP, 1, 2);
    again.latest();

    assertThatThrownBy(() -> commit(log, manifest(1, 1)))
        .isInstanceOf(CoordinationException.BadVersion.class);
    assertThat(again.settle(1)).isFalse();
    commit(again, manifest(2, 1));
    assertThat(again.settle(2)).isTrue();
  }

  @Test
  void shouldUseNoNumberTwice() throws IOException {
    CheckpointLog log = reign(1);
    log.latest();
    manifest(7, 1).save(files);

    assertThat(log.latest().manifest()).isEmpty();
    assertThat(log.latest().lastUsed()).isEqualTo(7);
  }

  @Test
  void shouldKeepAsManyAsAreRetained() throws IOException {
    CheckpointLog log = reign(1);
    log.latest();
    manifest(3, 1).save(files);
    for (long number = 4; number < 9; number++) {
      commit(log, manifest(number, 1));
    }

    assertThat(files.list(APP)).containsExactly(Manifest.name(7, 1), Manifest.name(8, 1));
    assertThat(store.children("/apps/" + APP + "/ckpt")).containsExactly("7", "8", "latest");
  }

  @Test
  void shouldLeaveAloneWhatIsNoCheckpoint(@TempDir Path folder) throws IOException {
    LocalCheckpointStore local = new LocalCheckpointStore(folder);
    Path copy = folder.resolve(APP).resolve(Manifest.name(1, 1) + " copy");
    Path notes = folder.resolve(APP).resolve("notes");
    Files.createDirectories(copy);
    Files.createDirectories(notes);
    Epoch.advance(store, EPOCH, APP);
    CheckpointLog log = CheckpointLog.of(store, local, APP, 1, 1);
    assertThat(log.latest().lastUsed()).isZero();

    commit(log, manifest(1, 1));
    commit(log, manifest(2, 1));

    assertThat(local.list(APP))
        .containsExactlyInAnyOrder("0000000001-000001 copy", Manifest.name(2, 1), "notes");
  }

  @Test
  void shouldNotStepBackFromADamagedOne() throws IOException {
    CheckpointLog log = reign(1);
    log.latest();
    commit(log, manifest(1, 1));
    commit(log, manifest(2, 1));
    files.delete(APP, Manifest.name(2, 1));
    try (CheckpointStore.Upload upload = files.create(APP, Manifest.name(2, 1), Manifest.FILE)) {
      upload.write(new byte[100], 0, 100);
      upload.complete();
    }

    assertThatThrownBy(log::latest).isInstanceOf(DamagedSnapshotException.class);
  }

  @Test
  void shouldKeepSavepointsWhateverIsRetained() throws IOException {
    CheckpointLog log = reign(1);
    log.latest();
    log.commit(savepoint(1), Samples.record(savepoint(1)));
    for (long number = 2; number < 6; number++) {
      commit(log, manifest(number, 1));
    }

    assertThat(files.list(APP))
        .containsExactly(Manifest.name(1, 1), Manifest.name(4, 1), Manifest.name(5, 1));
    assertThat(store.children("/apps/" + APP + "/ckpt")).containsExactly("4", "5", "latest");
    assertThat(store.children("/savepoints/" + APP)).containsExactly("1");
    store.delete("/savepoints/" + APP + "/1", MetadataStore.ANY_VERSION);
    commit(log, manifest(6, 1));
    assertThat(files.list(APP)).containsExactly(Manifest.name(5, 1), Manifest.name(6, 1));
  }

  @Test
  void shouldLetNoSavepointStandOnceDeposed() throws IOException {
    CheckpointLog deposed = reign(1);
    deposed.latest();
    Epoch.advance(store, EPOCH, APP);

    assertThatThrownBy(() -> deposed.commit(savepoint(1), Samples.record(savepoint(1))))
        .isInstanceOf(CoordinationException.Fenced.class);
    assertThat(store.exists("/savepoints/" + APP)).isFalse();
  }

  @Test
  void shouldKnowThatItWasToEndWithTheLast() throws IOException {
    CheckpointLog log = reign(1);
    log.latest();
    StandingCheckpoint plain = Samples.record(savepoint(1));
    log.commit(
        savepoint(1),
        new StandingCheckpoint(APP, 1, plain.name(), plain.at(), 5, 0, "f", "end", "ada", true));

    assertThat(reign(2).latest().stop()).isTrue();
  }

  private static Manifest savepoint(long checkpoint) {
    return new Manifest(APP, checkpoint, 1, 1, "f", 0, true, List.of());
  }

  private CheckpointLog reign(long number) {
    Epoch epoch = Epoch.advance(store, EPOCH, APP);
    assertThat(epoch.value()).isEqualTo(number);
    return CheckpointLog.of(store, files, APP, number, 2);
  }

  private static void commit(CheckpointLog log, Manifest manifest) throws IOException {
    log.commit(manifest, Samples.record(manifest));
  }

  private static Manifest manifest(long checkpoint, long epoch) {
    return new Manifest(APP, checkpoint, epoch, 1, "f", 0, false, List.of());
  }
}
