package io.geartrain.coordination.zookeeper.internal;

import static io.geartrain.coordination.MetadataStore.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Versioned;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading and writing one node. */
interface NodesContract extends CoordinationFixture {

  @Test
  default void shouldReadWhatWasCreatedWithItsParents() {
    store().create("/apps/a1/spec", bytes("x"));

    assertThat(store().get("/apps/a1/spec")).contains(new Versioned(bytes("x"), 0));
    assertThat(store().get("/apps/a1")).contains(new Versioned(new byte[0], 0));
    assertThat(store().exists("/apps")).isTrue();
    assertThat(store().get("/nothing")).isEmpty();
    assertThat(store().exists("/nothing")).isFalse();
  }

  @Test
  default void shouldListChildrenSortedAndNoGrandchildren() {
    for (String name : List.of("c", "a", "b", "a/below")) {
      store().create("/apps/" + name, new byte[0]);
    }
    store().create("/apps-other", new byte[0]);

    assertThat(store().children("/apps")).containsExactly("a", "b", "c");
    assertThat(store().children("/apps/b")).isEmpty();
    assertThat(store().children("/nothing")).isEmpty();
    assertThat(store().children("/")).containsExactly("apps", "apps-other");
  }

  @Test
  default void shouldRefuseToCreateTwice() {
    store().create("/a", bytes("1"));

    assertThatThrownBy(() -> store().create("/a", bytes("2")))
        .isInstanceOf(CoordinationException.NodeExists.class)
        .hasMessageContaining("/a");
    assertThat(text("/a")).isEqualTo("1");
  }

  @Test
  default void shouldSetOnlyTheExpectedVersion() {
    store().create("/a", bytes("0"));

    assertThat(store().set("/a", bytes("1"), 0)).isEqualTo(1);
    assertThat(store().set("/a", bytes("2"), ANY_VERSION)).isEqualTo(2);
    CoordinationException.BadVersion refused =
        catchThrowableOfType(
            CoordinationException.BadVersion.class, () -> store().set("/a", bytes("x"), 1));

    assertThat(refused.path()).isEqualTo("/a");
    assertThat(refused.expected()).isEqualTo(1);
    assertThat(refused.found()).isEqualTo(2);
    assertThat(refused.retryable()).isFalse();
    assertThat(store().get("/a")).contains(new Versioned(bytes("2"), 2));
    assertThatThrownBy(() -> store().set("/nothing", bytes("x"), 0))
        .isInstanceOf(CoordinationException.NoNode.class)
        .hasMessageContaining("/nothing");
  }

  @Test
  default void shouldDeleteOnlyTheExpectedVersionAndNoParent() {
    store().create("/a/b", bytes("0"));

    assertThatThrownBy(() -> store().delete("/a", ANY_VERSION))
        .isInstanceOf(CoordinationException.NotEmpty.class);
    assertThatThrownBy(() -> store().delete("/a/b", 7))
        .isInstanceOf(CoordinationException.BadVersion.class)
        .hasMessageContaining("7");
    store().delete("/a/b", 0);
    assertThatThrownBy(() -> store().delete("/a/b", 0))
        .isInstanceOf(CoordinationException.NoNode.class);
    store().delete("/a", ANY_VERSION);
    assertThat(store().exists("/a")).isFalse();
  }

  @Test
  default void shouldStartAtVersionZeroAgainAfterDelete() {
    store().create("/a", bytes("0"));
    store().set("/a", bytes("1"), 0);
    store().delete("/a", 1);
    store().create("/a", bytes("2"));

    assertThat(store().get("/a")).contains(new Versioned(bytes("2"), 0));
  }

  @Test
  default void shouldRefuseMalformedPathsAndHugeValues() {
    for (String path : List.of("", "a", "/a/", "//a", "/a//b", "/a/../b")) {
      assertThatThrownBy(() -> store().get(path)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().create(path, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> store().create("/a", new byte[Op.MAX_DATA_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/a");
  }

  @Test
  default void shouldLoseNoUpdateWhenManyCompareAndSet() throws Exception {
    store().create("/counter", bytes("0"));
    MetadataStore other = cluster().newProcess().store();

    inParallel(
        4,
        i -> {
          MetadataStore mine = i % 2 == 0 ? store() : other;
          for (int n = 0; n < 25; n++) {
            increment(mine);
          }
          return null;
        });

    assertThat(store().get("/counter").orElseThrow().version()).isEqualTo(100);
    assertThat(text("/counter")).isEqualTo("100");
  }

  private void increment(MetadataStore store) {
    while (true) {
      Versioned found = store.get("/counter").orElseThrow();
      try {
        int next = Integer.parseInt(found.text()) + 1;
        store.set("/counter", bytes("" + next), found.version());
        return;
      } catch (CoordinationException.BadVersion raced) {
        // once more with what the other has written
      }
    }
  }
}
