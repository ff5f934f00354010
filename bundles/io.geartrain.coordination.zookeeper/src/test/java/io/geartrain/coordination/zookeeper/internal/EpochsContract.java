package io.geartrain.coordination.zookeeper.internal;

import static io.geartrain.coordination.MetadataStore.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Versioned;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Fencing the writes of whoever led before. */
interface EpochsContract extends CoordinationFixture {

  @Test
  default void shouldRefuseWritesOfAPassedEpoch() {
    Epoch first = Epoch.advance(store(), "/apps/a/epoch", "me");
    MetadataStore old = first.guard(store());
    old.create("/apps/a/state", bytes("0"));
    Epoch second = Epoch.advance(store(), "/apps/a/epoch", "you");

    assertThat(second.value()).isGreaterThan(first.value());
    assertThat(Epoch.current(store(), "/apps/a/epoch")).contains(second);
    assertFenced(() -> old.create("/apps/a/new", new byte[0]));
    assertFenced(() -> old.createEphemeral("/apps/a/new", new byte[0]));
    assertFenced(() -> old.set("/apps/a/state", bytes("1"), 0));
    assertFenced(() -> old.delete("/apps/a/state", ANY_VERSION));
    assertFenced(() -> old.multi(List.of(Op.create("/apps/a/new", new byte[0]))));
    assertThat(old.get("/apps/a/state")).contains(new Versioned(bytes("0"), 0));
    assertThat(second.guard(store()).set("/apps/a/state", bytes("2"), 0)).isEqualTo(1);
    assertThat(store().exists("/apps/a/new")).isFalse();
  }

  @Test
  default void shouldTellAnOrdinaryConflictFromAPassedEpoch() {
    MetadataStore guarded = Epoch.advance(store(), "/epoch", "me").guard(store());

    assertThatThrownBy(() -> guarded.set("/nothing", new byte[0], 0))
        .isInstanceOf(CoordinationException.NoNode.class)
        .hasMessageContaining("/nothing");
  }

  @Test
  default void shouldGiveEachEpochOnceWhenManyAdvance() throws Exception {
    MetadataStore other = cluster().newProcess().store();
    Set<Long> values = ConcurrentHashMap.newKeySet();

    inParallel(
        4,
        i -> {
          for (int n = 0; n < 5; n++) {
            values.add(Epoch.advance(i % 2 == 0 ? store() : other, "/epoch", "p" + i).value());
          }
          return null;
        });

    assertThat(values).hasSize(20).contains(1L, 20L);
  }

  @Test
  default void shouldSayWhatAnEpochNodeHoldsInstead() {
    store().create("/epoch", bytes("rubbish"));

    assertThatThrownBy(() -> Epoch.advance(store(), "/epoch", "me"))
        .isInstanceOf(CoordinationException.Failed.class)
        .hasMessageContaining("/epoch")
        .hasMessageContaining("rubbish");
  }
}
