package io.geartrain.appmaster.internal;

import static io.geartrain.appmaster.internal.Samples.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.StartFrom;
import io.geartrain.spi.CheckpointStore;
import io.geartrain.spi.CheckpointStore.Receipt;
import io.geartrain.state.Manifest;
import io.geartrain.state.Manifest.TaskFile;
import io.geartrain.state.MemoryCheckpointStore;
import io.geartrain.state.SnapshotFile;
import io.geartrain.state.SnapshotWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The search for what an application begins with, and the answers to commits. */
class CheckpointWorkTest {
  private static final String OTHER = "old-0a0a";
  private static final String NAME = Manifest.name(12, 3);

  private final MetadataStore store = new InMemoryEnsemble().connect(Runnable::run);
  private final MemoryCheckpointStore files = new MemoryCheckpointStore();
  private final List<CheckpointWork.Answer> answers = new ArrayList<>();

  @BeforeEach
  void begin() {
    Epoch.advance(store, "/apps/" + SPEC.id() + "/epoch", SPEC.id());
  }

  @Test
  void shouldFindTheStateOfAnother() throws IOException {
    Manifest saved = savepoint();

    CheckpointWork.FoundStart found = (CheckpointWork.FoundStart) search();

    assertThat(found.saved().manifest()).isEqualTo(saved);
    assertThat(found.saved().contents()).isEqualTo(Map.of("count", Set.of("value:n")));
    assertThat(found.lastUsed()).as("numbers go on").isEqualTo(12);
  }

  @Test
  void shouldPreferACheckpointOfItsOwn() throws IOException {
    savepoint();
    CheckpointLog log = CheckpointLog.of(store, files, SPEC.id(), 1, 2);
    log.latest();
    Manifest own = new Manifest(SPEC.id(), 13, 1, 1, "f", 0, false, List.of());
    log.commit(own, Samples.record(own));

    CheckpointWork.Found found = (CheckpointWork.Found) search();

    assertThat(found.found().manifest()).contains(own);
  }

  @Test
  void shouldNameTheFileThatIsDamaged() throws IOException {
    savepoint();
    replace("chain-0-task-0", new byte[100]);

    CheckpointWork.NotFound refused = (CheckpointWork.NotFound) search();

    assertThat(refused.reason().code()).isEqualTo("savepoint-damaged");
    assertThat(refused.reason().message())
        .startsWith("savepoint old-0a0a/12 is damaged: ")
        .contains("chain-0-task-0");
    assertThat(refused.reason().hint()).contains("gear savepoints");
  }

  @Test
  void shouldNameTheFileThatIsMissing() {
    CheckpointWork.NotFound refused = (CheckpointWork.NotFound) search();

    assertThat(refused.reason().message())
        .contains(OTHER + "/" + NAME + "/manifest")
        .contains("missing");
  }

  @Test
  void shouldNameTheChoicesWhereTheLastCheckpointIsDamaged() throws IOException {
    CheckpointLog log = CheckpointLog.of(store, files, SPEC.id(), 1, 2);
    log.latest();
    commit(log, 3, true);
    commit(log, 4, false);
    commit(log, 5, false);
    commit(log, 6, false);
    files.delete(SPEC.id(), Manifest.name(6, 1));

    CheckpointWork.NotFound refused = (CheckpointWork.NotFound) search(null);

    assertThat(refused.reason().code()).isEqualTo("checkpoint-damaged");
    assertThat(refused.reason().message())
        .startsWith("the last checkpoint of count-1a2b is damaged: ");
    assertThat(refused.reason().hint())
        .isEqualTo(
            "bring its files back, then: gear submit com.example.count --from count-1a2b;"
                + " or go on from an older one (3, 5), output published since may come twice:"
                + " gear submit com.example.count --from count-1a2b/NUMBER;"
                + " or begin from the start, all output comes again:"
                + " gear submit com.example.count; each with --set as before");
  }

  @Test
  void shouldNotNameAnOlderCheckpointWhereThereIsNone() throws IOException {
    CheckpointLog log = CheckpointLog.of(store, files, SPEC.id(), 1, 2);
    log.latest();
    commit(log, 13, false);
    files.delete(SPEC.id(), Manifest.name(13, 1));

    CheckpointWork.NotFound refused = (CheckpointWork.NotFound) search();

    assertThat(refused.reason().hint())
        .contains("no older one is known", "gear submit com.example.count --from old-0a0a/12;")
        .doesNotContain("NUMBER");
  }

  private static void commit(CheckpointLog log, long number, boolean savepoint) throws IOException {
    Manifest manifest =
        new Manifest(SPEC.id(), number, 1, 1, "f", 0, savepoint, Map.of(), List.of());
    log.commit(manifest, Samples.record(manifest));
  }

  @Test
  void shouldNotTakeBackACommitBecauseCleaningUpThrows() {
    CheckpointWork work =
        new CheckpointWork(store, new Unlistable(files), SPEC, 1, 2, Runnable::run, answers::add);
    Manifest own = new Manifest(SPEC.id(), 1, 1, 1, "f", 0, false, List.of());
    work.find();

    work.store(own, Samples.record(own));

    assertThat(answers.get(1)).isEqualTo(new CheckpointWork.Committed(1));
    assertThat(store.exists("/apps/" + SPEC.id() + "/ckpt/1")).isTrue();
  }

  private CheckpointWork.Answer search() {
    return search(new StartFrom(OTHER, 12, NAME, true, List.of(), false, null));
  }

  private CheckpointWork.Answer search(StartFrom from) {
    ApplicationSpec spec =
        new ApplicationSpec(
            SPEC.id(),
            SPEC.name(),
            SPEC.bundle(),
            SPEC.className(),
            Map.of(),
            null,
            "admin",
            SPEC.submittedAt(),
            from);
    new CheckpointWork(store, files, spec, 1, 2, Runnable::run, answers::add).find();
    return answers.get(answers.size() - 1);
  }

  private Manifest savepoint() throws IOException {
    SnapshotFile.Header header = new SnapshotFile.Header(OTHER, 12, 3, 1, "count/0");
    Receipt receipt;
    try (SnapshotWriter writer =
        new SnapshotWriter(files.create(OTHER, NAME, "chain-0-task-0"), header)) {
      writer.block("count", "value:n", 3, 1, new byte[] {1, 2, 3});
      receipt = writer.complete(new byte[0]);
    }
    TaskFile task = new TaskFile("count/0", List.of("count"), receipt, null);
    Manifest manifest = new Manifest(OTHER, 12, 3, 1, "f", 0, true, Map.of(), List.of(task));
    manifest.save(files);
    return manifest;
  }

  private void replace(String file, byte[] bytes) throws IOException {
    Manifest manifest = Manifest.load(files, OTHER, NAME);
    files.delete(OTHER, NAME);
    try (CheckpointStore.Upload upload = files.create(OTHER, NAME, file)) {
      upload.write(bytes, 0, bytes.length);
      upload.complete();
    }
    manifest.save(files);
  }

  /** Can't be listed any more once a file was written. */
  private record Unlistable(MemoryCheckpointStore files) implements CheckpointStore {
    @Override
    public Upload create(String application, String checkpoint, String file) {
      return files.create(application, checkpoint, file);
    }

    @Override
    public StoredFile open(String application, String checkpoint, String file) throws IOException {
      return files.open(application, checkpoint, file);
    }

    @Override
    public List<String> list(String application) {
      List<String> names = files.list(application);
      if (!names.isEmpty()) {
        throw new UncheckedIOException(new IOException("the disk is gone"));
      }
      return names;
    }

    @Override
    public List<String> applications() {
      return files.applications();
    }

    @Override
    public void delete(String application, String checkpoint) {
      files.delete(application, checkpoint);
    }
  }
}
