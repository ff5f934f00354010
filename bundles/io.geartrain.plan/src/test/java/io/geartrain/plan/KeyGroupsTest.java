package io.geartrain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KeyGroupsTest {
  @Property
  void everyTaskOwnsAFairAndContiguousShare(@ForAll @IntRange(min = 1, max = 1024) int tasks) {
    int[] owners = KeyGroups.owners(1024, tasks);

    assertThat(owners).isSorted();
    for (int task = 0; task < tasks; task++) {
      int wanted = task;
      long owned = Arrays.stream(owners).filter(owner -> owner == wanted).count();
      assertThat(owned).isBetween((long) 1024 / tasks, (long) 1024 / tasks + 1);
    }
  }
}
