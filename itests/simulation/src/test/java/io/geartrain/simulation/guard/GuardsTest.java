package io.geartrain.simulation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** Each guard taken out once: the simulation notices soon. */
class GuardsTest {
  private static final long FIRST = 1;

  @Test
  void shouldLoseNothingThoughChannelsLoseRecords() throws Exception {
    IntSupplier hunt = new Mutant().withFaultyChannels().hunt(FIRST, 120);
    System.out.println("seed a " + hunt.getAsInt() + hunt);

    assertThat(hunt.getAsInt()).as("records lost or doubled").isGreaterThan(30);
    assertThat(hunt).hasToString("null");
  }

  @Test
  void shouldNoticeThatTheAuditIsMissing() throws Exception {
    IntSupplier hunt = new Mutant().withFaultyChannels().withoutAudit().hunt(FIRST, 120);

    assertThat(hunt.getAsInt()).isPositive();
    System.out.println("seed b " + hunt);
    assertThat(hunt.toString()).contains("is visible");
  }

  @Test
  void shouldNoticeThatBarriersAreNotAligned() throws Exception {
    IntSupplier hunt = new Mutant().withoutAlignment().hunt(FIRST, 600);

    hunt.getAsInt();
    System.out.println("seed c " + hunt);
    assertThat(hunt.toString()).contains("visible");
  }

  @Test
  void shouldNoticeThatCommitsAreNotFenced() {
    System.out.println("seed d " + Hunt.with(Unfenced::new, FIRST, 600));
    assertThat(Hunt.with(Unfenced::new, FIRST, 600)).contains("visible");
  }
}
