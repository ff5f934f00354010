package io.geartrain.master.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.actor.ProtocolJson;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.protocol.StandingCheckpoint;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of checkpoints once an application has ended: as written down, and of files. */
class CheckpointRemovalTest {
  private static final String APP = "words-0a0a";

  private final MetadataStore store = new InMemoryEnsemble().connect(Runnable::run);
  private final FakeFiles stored = new FakeFiles();
  private final CheckpointRegistry registry = new CheckpointRegistry(store);
  private final CheckpointFiles files = new CheckpointFiles(stored, Runnable::run);

  @BeforeEach
  void makeCheckpoints() throws IOException {
    write(StandingCheckpoint.savepointFolder(APP), 2);
    for (int number = 2; number <= 4; number++) {
      write(StandingCheckpoint.folder(APP), number);
      stored.add(APP, "name-" + number);
    }
    stored.add(APP, "never-stood");
    stored.add("other-1b1b", "name-4");
  }

  @Test
  void shouldKeepSavepointsAlone() {
    files.deleteAllBut(APP, registry.deleteCheckpoints(APP, Set.of()));

    assertThat(registry.checkpoints(APP))
        .extracting(StandingCheckpoint::number)
        .containsExactly(2L);
    assertThat(registry.savepoints(APP)).hasSize(1);
    assertThat(stored.list(APP)).containsExactly("name-2");
    assertThat(stored.list("other-1b1b")).containsExactly("name-4");
  }

  @Test
  void shouldKeepWhatAnotherApplicationHasBegunWith() {
    files.deleteAllBut(APP, registry.deleteCheckpoints(APP, Set.of("name-3")));

    assertThat(registry.checkpoints(APP))
        .extracting(StandingCheckpoint::number)
        .containsExactly(2L, 3L);
    assertThat(stored.list(APP)).containsExactly("name-2", "name-3");
  }

  @Test
  void shouldDoItAgainWithoutHarm() {
    stored.full = true;
    files.deleteAllBut(APP, registry.deleteCheckpoints(APP, Set.of()));
    assertThat(stored.list(APP)).hasSize(4);
    stored.full = false;

    files.deleteAllBut(APP, registry.deleteCheckpoints(APP, Set.of()));

    assertThat(stored.list(APP)).containsExactly("name-2");
  }

  private void write(String folder, long number) throws IOException {
    StandingCheckpoint checkpoint =
        new StandingCheckpoint(
            APP, number, "name-" + number, Samples.START, 5, 10, "f", null, null, false);
    store.create(folder + "/" + number, new ProtocolJson().write(checkpoint));
  }
}
