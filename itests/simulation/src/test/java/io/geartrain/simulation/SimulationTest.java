package io.geartrain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.simulation.fault.Coverage;
import io.geartrain.simulation.fault.Coverage.Sight;
import io.geartrain.simulation.fault.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whole applications on whole clusters, whatever goes wrong: each record has its effect once, and
 * nothing hangs. Begins at a drawn seed; {@code -Dgear.seed=…} at a given one.
 */
class SimulationTest {
  private static final int SEEDS = 1_000;

  /** So rare that so many seeds may be without. */
  private static final Set<Sight> RARE =
      EnumSet.of(Sight.FAILED_FOR_LAST_CHECKPOINT, Sight.MESSAGE_LOST);

  @Test
  void shouldHaveEachEffectOnceWhateverGoesWrong() {
    Campaign campaign = new Campaign(System.out, null);

    campaign.run(Long.getLong("gear.seed", System.nanoTime()), SEEDS);

    assertThat(campaign.violated()).as("runs that went wrong").isEmpty();
    Coverage coverage = campaign.coverage();
    for (Fault fault : Fault.values()) {
      assertThat(coverage.of(fault)).as("how often %s", fault).isPositive();
    }
    for (Sight sight : Sight.values()) {
      if (!RARE.contains(sight)) {
        assertThat(coverage.of(sight)).as("how often %s", sight).isPositive();
      }
    }
    assertThat(coverage.of(Sight.COMPLETED)).isGreaterThan(SEEDS * 3 / 4);
    assertThat(coverage.of(Sight.RESTORED)).isGreaterThan(SEEDS / 4);
    assertThat(coverage.pairs()).as("kinds of faults at kinds of moments").isGreaterThan(60);
  }

  @Test
  void shouldHaveTheSameEventsForTheSameSeed() {
    for (long seed = 1; seed <= 15; seed++) {
      List<String> first = new ArrayList<>();
      List<String> second = new ArrayList<>();

      Verdict one = Simulation.run(seed, new Coverage(), first::add);
      Verdict other = Simulation.run(seed, new Coverage(), second::add);

      assertThat(second).as("seed %d", seed).isEqualTo(first);
      assertThat(other).isEqualTo(one);
    }
  }

  @Test
  void shouldHaveOtherEventsForAnotherSeed() {
    assertThat(Simulation.run(1, new Coverage(), null).hash())
        .isNotEqualTo(Simulation.run(2, new Coverage(), null).hash());
  }
}
