package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.state.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  @Test
  void shouldFindEveryDamageBeforeItDoesHarm() throws Exception {
    int found = 0;
    for (long seed = 1; seed <= 60; seed++) {
      Simulation simulation = new Simulation(seed);
      boolean ended = simulation.attempt(300);
      if (!ended && simulation.latest() != null) {
        simulation.damage(damaged(simulation.latest(), new Random(seed)));
        assertThatThrownBy(() -> simulation.attempt(5_000))
            .as("seed " + seed)
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("DamagedSnapshotException");
        found++;
      }
    }
    assertThat(found).isGreaterThan(10);
  }

  @Test
  void shouldReallyBeginWithCheckpointsInTheSimulation() {
    int completed = 0;
    int restored = 0;
    int stopped = 0;
    int published = 0;
    for (long seed = 1; seed <= 30; seed++) {
      Simulation simulation = new Simulation(seed);
      simulation.run();
      completed += simulation.completed();
      restored += simulation.restored();
      stopped += simulation.stopped();
      published += simulation.published();
    }
    assertThat(completed).isGreaterThan(60);
    assertThat(restored).isGreaterThan(20);
    assertThat(stopped).as("stopped after a checkpoint").isGreaterThan(3);
    assertThat(published).as("published only").isGreaterThan(0);
  }

  /** One bit of each file turned over. */
  private static Manifest damaged(Manifest manifest, Random random) {
    List<Manifest.TaskFile> files = new ArrayList<>();
    for (Manifest.TaskFile file : manifest.tasks()) {
      byte[] content = file.content() == null ? null : file.content().clone();
      if (content != null) {
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      }
      files.add(new Manifest.TaskFile(file.task(), file.steps(), file.receipt(), content));
    }
    return new Manifest(
        manifest.application(),
        manifest.checkpoint(),
        manifest.epoch(),
        manifest.planVersion(),
        manifest.fingerprint(),
        manifest.createdAtMs(),
        manifest.savepoint(),
        files);
  }
}
