package io.geartrain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whole applications on drawn turns, with crashes at any moment: each begins again from the latest
 * checkpoint, at another parallelism, and the effect of every record is there exactly once.
 */
class CheckpointSimulationTest {
  @Property(tries = 400)
  void everyRecordHasItsEffectOnce(@ForAll long seed) throws Exception {
    Simulation simulation = new Simulation(seed);
    simulation.run();

    assertThat(simulation.visible()).as("seed " + seed).isEqualTo(simulation.expected());
  }
}
