package io.geartrain.simulation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.simulation.Conditions;
import io.geartrain.simulation.fault.Fault;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Each guard taken out once: the simulation notices within so many seeds, and finds nothing in the
 * same seeds when the guard is there.
 */
class GuardsTest {
  private static final int MOST = 2_000;
  private static final int LEAST = 60;
  private static final List<Fault> ZOMBIES =
      List.of(Fault.FALSELY_LOST, Fault.NODE_FROZEN, Fault.SESSION_EXPIRED);

  @Test
  void shouldNoticeThatTheAuditIsMissing() throws Exception {
    Hunt without = new Mutant().withFaultyChannels().withoutAudit().hunt(MOST);
    Hunt with = new Mutant().withFaultyChannels().hunt(Math.max(LEAST, without.seeds()));

    noticed("audit", without, with);
    assertThat(with.channelFaults()).as("runs with a faulty channel").isGreaterThan(LEAST / 6);
  }

  @Test
  void shouldNoticeThatBarriersAreNotAligned() throws Exception {
    Hunt without = new Mutant().withoutAlignment().hunt(MOST);
    Hunt with = Hunt.withKills(without.seeds());

    noticed("alignment", without, with);
  }

  @Test
  void shouldNoticeThatCommitsAreNotFenced() {
    Hunt without = Hunt.with(new Conditions(Unfenced::new, ZOMBIES), MOST);
    Hunt with = Hunt.with(new Conditions(UnaryOperator.identity(), ZOMBIES), without.seeds());

    noticed("fence", without, with);
  }

  private static void noticed(String guard, Hunt without, Hunt with) {
    System.out.printf("without %s: %s%n", guard, without);
    System.out.printf("with %s: %s%n", guard, with);
    assertThat(without.told()).as("without %s", guard).containsAnyOf("visible", "gave counts");
    assertThat(with.told()).as("with %s", guard).isNull();
    assertThat(with.seeds()).isGreaterThanOrEqualTo(without.seeds());
  }
}
