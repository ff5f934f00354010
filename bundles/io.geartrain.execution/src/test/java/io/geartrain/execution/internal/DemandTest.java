package io.geartrain.execution.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemandTest {
  private final Demand demand = new Demand();

  @Test
  void shouldAskForMoreAsLongAsAllIsGivenAndForFewAfterwards() {
    int polls = 0;
    int last = 0;
    while (last < 256) {
      int asked = demand.ask(256);
      assertThat(asked).isGreaterThan(last);
      demand.came(asked);
      last = asked;
      assertThat(++polls).isLessThan(20);
    }
    assertThat(demand.isDry()).as("the split has much more").isFalse();

    demand.came(demand.ask(256) - 1);
    assertThat(demand.ask(256)).isLessThan(20);
  }

  @Test
  void shouldNeverAskForMoreThanAllowed() {
    assertThat(demand.ask(3)).isEqualTo(3);
    demand.came(3);
    assertThat(demand.isDry()).isFalse();
    assertThat(demand.ask(3)).isEqualTo(3);
  }

  @Test
  void shouldLetLittleLeaveAtOnceWhereNothingFollowedTheLastTime() {
    came(1);
    assertThat(demand.isDry()).as("nothing is known yet").isFalse();
    came(0);
    assertThat(demand.isDry()).isTrue();
    came(1);
    assertThat(demand.isDry()).as("as the last time").isTrue();

    came(1);
    assertThat(demand.isDry()).as("this time something followed").isFalse();
    came(1);
    assertThat(demand.isDry()).isFalse();
  }

  @Test
  void shouldLetTheFirstOfABurstLeaveAtOnce() {
    demand.came(demand.ask(256));

    assertThat(demand.isDry()).isTrue();
  }

  private void came(int records) {
    demand.ask(256);
    demand.came(records);
  }
}
