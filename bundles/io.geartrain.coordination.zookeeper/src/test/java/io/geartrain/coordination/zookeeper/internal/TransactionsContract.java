package io.geartrain.coordination.zookeeper.internal;

import static io.geartrain.coordination.MetadataStore.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Op;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.WatchEvent;
import io.geartrain.coordination.WatchEvent.Kind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Several steps, all of which happen or none. */
interface TransactionsContract extends CoordinationFixture {

  @Test
  default void shouldDoAllStepsOfAMulti() {
    store().create("/a", bytes("0"));
    store().create("/gone", bytes("0"));

    List<Integer> versions =
        store()
            .multi(
                List.of(
                    Op.check("/a", 0),
                    Op.set("/a", bytes("1"), 0),
                    Op.create("/new/deep/er", bytes("2")),
                    Op.create("/new/deep/sibling", bytes("3")),
                    Op.delete("/gone", 0)));

    assertThat(versions).containsExactly(ANY_VERSION, 1, 0, 0, ANY_VERSION);
    assertThat(text("/a")).isEqualTo("1");
    assertThat(store().children("/new/deep")).containsExactly("er", "sibling");
    assertThat(store().exists("/gone")).isFalse();
    assertThat(store().multi(List.of())).isEmpty();
  }

  @Test
  default void shouldDoNothingWhenOneStepOfAMultiFails() throws Exception {
    store().create("/a", bytes("0"));
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store().watch("/", events::add);
    eventually(() -> assertThat(events).isNotEmpty());
    events.clear();

    assertThatThrownBy(
            () ->
                store()
                    .multi(
                        List.of(
                            Op.set("/a", bytes("1"), 0),
                            Op.create("/b/c", bytes("2")),
                            Op.delete("/a", 0))))
        .isInstanceOfSatisfying(
            CoordinationException.BadVersion.class, e -> assertThat(e.path()).isEqualTo("/a"));
    assertThatThrownBy(
            () -> store().multi(List.of(Op.create("/b/c", bytes("2")), Op.check("/nothing", 0))))
        .isInstanceOfSatisfying(
            CoordinationException.NoNode.class, e -> assertThat(e.path()).isEqualTo("/nothing"));
    assertThatThrownBy(
            () -> store().multi(List.of(Op.set("/a", bytes("1"), 0), Op.create("/a", bytes("2")))))
        .isInstanceOf(CoordinationException.NodeExists.class);

    assertThat(store().get("/a")).contains(new Versioned(bytes("0"), 0));
    assertThat(store().exists("/b")).isFalse();
    store().create("/end", new byte[0]);
    eventually(() -> assertThat(events).containsExactly(new WatchEvent("/end", Kind.CREATED)));
  }

  @Test
  default void shouldCreateSharedParentsOnceWhenManyCreate() throws Exception {
    MetadataStore other = cluster().newProcess().store();

    inParallel(
        8,
        i -> {
          (i % 2 == 0 ? store() : other).create("/p/q/r" + (i / 4) + "/n" + i, new byte[0]);
          return null;
        });

    assertThat(store().children("/p/q/r0")).hasSize(4);
    assertThat(store().children("/p/q/r1")).hasSize(4);
  }
}
