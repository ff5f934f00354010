package io.geartrain.simulation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.simulation.Conditions;
import io.geartrain.simulation.fault.Fault;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** Each guard taken out once: the simulation notices within so many seeds. */
class GuardsTest {
  private static final long FIRST = 1;
  private static final int MOST = 2_000;

  @Test
  void shouldLoseNothingThoughChannelsLoseRecords() throws Exception {
    IntSupplier hunt = new Mutant().withFaultyChannels().hunt(FIRST, 60);

    assertThat(hunt.getAsInt()).as("runs in which a record was lost or doubled").isGreaterThan(10);
    assertThat(hunt).hasToString("null");
  }

  @Test
  void shouldNoticeThatTheAuditIsMissing() throws Exception {
    IntSupplier hunt = new Mutant().withFaultyChannels().withoutAudit().hunt(FIRST, MOST);

    assertThat(hunt.getAsInt()).isPositive();
    noticed("no audit", hunt.toString());
  }

  @Test
  void shouldNoticeThatBarriersAreNotAligned() throws Exception {
    IntSupplier hunt = new Mutant().withoutAlignment().hunt(FIRST, MOST);

    hunt.getAsInt();
    noticed("no alignment", hunt.toString());
  }

  @Test
  void shouldNoticeThatCommitsAreNotFenced() {
    List<Fault> zombies = List.of(Fault.FALSELY_LOST, Fault.NODE_FROZEN, Fault.SESSION_EXPIRED);

    String found = Hunt.with(new Conditions(Unfenced::new, zombies), FIRST, MOST);

    noticed("no fence", found);
  }

  private static void noticed(String what, String found) {
    System.out.println(what + ": " + found);
    assertThat(found).contains("visible");
  }
}
