package io.geartrain.simulation.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemTest {
  /** What is alike can't be told apart at a sink: one that is lost for one that is doubled. */
  @Test
  void shouldHaveAnotherNumberForEachRecord() {
    Set<Long> ids = new HashSet<>();
    for (int source = 0; source < 3; source++) {
      for (int split = 0; split < 6; split++) {
        for (int n = 0; n < 500; n++) {
          ids.add(Item.mix(("in" + source).hashCode(), split, n));
        }
      }
    }

    assertThat(ids).hasSize(3 * 6 * 500);
  }

  @Test
  void shouldSpreadRecordsOverAllKeys() {
    int[] ofKey = new int[40];
    for (int n = 0; n < 4_000; n++) {
      ofKey[new Item(Item.mix(7, 0, n), 0, "").key(40)]++;
    }

    assertThat(Arrays.stream(ofKey).summaryStatistics().getMin()).isGreaterThan(50);
  }
}
