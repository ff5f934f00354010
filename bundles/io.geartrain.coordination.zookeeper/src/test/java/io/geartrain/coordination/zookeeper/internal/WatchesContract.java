package io.geartrain.coordination.zookeeper.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.Versioned;
import io.geartrain.coordination.WatchEvent;
import io.geartrain.coordination.WatchEvent.Kind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a watch tells, and when. */
interface WatchesContract extends CoordinationFixture {

  @Test
  default void shouldTellChangesOfTheWatchedSubTreeInOrder() throws Exception {
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store().watch("/apps", events::add);
    eventually(() -> assertThat(events).startsWith(new WatchEvent("/apps", Kind.RESYNC)));
    MetadataStore other = cluster().newProcess().store();

    other.create("/apps/a", bytes("0"));
    other.create("/apps-other", bytes("0"));
    other.set("/apps/a", bytes("1"), 0);
    other.delete("/apps/a", 1);

    eventually(
        () ->
            // a watch that is set while the store() connects may hear of its first RESYNC twice
            assertThat(events.stream().filter(event -> event.kind() != Kind.RESYNC))
                .containsExactly(
                    new WatchEvent("/apps", Kind.CREATED),
                    new WatchEvent("/apps/a", Kind.CREATED),
                    new WatchEvent("/apps/a", Kind.CHANGED),
                    new WatchEvent("/apps/a", Kind.DELETED)));
  }

  @Test
  default void shouldTellEachOfOverlappingWatchesOnceAndClosedOnesNothing() throws Exception {
    List<WatchEvent> outer = new CopyOnWriteArrayList<>();
    List<WatchEvent> inner = new CopyOnWriteArrayList<>();
    List<WatchEvent> closed = new CopyOnWriteArrayList<>();
    store().watch("/a", outer::add);
    store().watch("/a/b", inner::add);
    Registration registration = store().watch("/a/b", closed::add);
    eventually(() -> assertThat(List.of(outer, inner, closed)).noneMatch(List::isEmpty));
    registration.close();
    registration.close();
    closed.clear();

    store().create("/a/b", new byte[0]);
    store().delete("/a/b", 0);

    eventually(() -> assertThat(outer).endsWith(new WatchEvent("/a/b", Kind.DELETED)));
    assertThat(outer.stream().filter(e -> e.kind() == Kind.CREATED)).hasSize(2);
    eventually(
        () ->
            assertThat(inner.stream().filter(e -> e.kind() != Kind.RESYNC))
                .containsExactly(
                    new WatchEvent("/a/b", Kind.CREATED), new WatchEvent("/a/b", Kind.DELETED)));
    assertThat(closed).isEmpty();
  }

  @Test
  default void shouldWatchAgainARootThatWasWatchedBefore() throws Exception {
    store().watch("/a", event -> {}).close();
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store().watch("/a", events::add);
    eventually(() -> assertThat(events).isNotEmpty());

    store().create("/a", new byte[0]);

    eventually(() -> assertThat(events).contains(new WatchEvent("/a", Kind.CREATED)));
  }

  @Test
  default void shouldGoOnWithOtherListenersWhenOneThrows() throws Exception {
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store()
        .watch(
            "/a",
            event -> {
              throw new IllegalStateException("a listener that fails, on purpose");
            });
    store().watch("/a", events::add);

    store().create("/a", new byte[0]);

    eventually(() -> assertThat(events).contains(new WatchEvent("/a", Kind.CREATED)));
  }

  @Test
  default void shouldLetAListenerReadWhatItWasToldOf() throws Exception {
    List<String> read = new CopyOnWriteArrayList<>();
    store()
        .watch("/a", event -> store().get(event.path()).map(Versioned::text).ifPresent(read::add));

    cluster().newProcess().store().create("/a", bytes("news"));

    eventually(() -> assertThat(read).contains("news"));
  }

  @Test
  default void shouldResyncWhatWasMissedWhileCutOff() throws Exception {
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store().watch("/a", events::add);
    eventually(() -> assertThat(events).isNotEmpty());
    MetadataStore other = cluster().newProcess().store();

    process().cut();
    events.clear();
    other.create("/a/missed", new byte[0]);
    process().heal();

    eventually(() -> assertThat(events).contains(new WatchEvent("/a", Kind.RESYNC)));
    assertThat(store().exists("/a/missed")).isTrue();
    other.create("/a/seen", new byte[0]);
    eventually(() -> assertThat(events).contains(new WatchEvent("/a/seen", Kind.CREATED)));
  }

  @Test
  default void shouldWatchOnInANewSession() throws Exception {
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    store().watch("/a", events::add);
    eventually(() -> assertThat(events).isNotEmpty());
    events.clear();

    process().expire();

    eventually(() -> assertThat(events).contains(new WatchEvent("/a", Kind.RESYNC)));
    cluster().newProcess().store().create("/a", new byte[0]);
    eventually(
        () ->
            assertThat(events.stream().filter(e -> e.kind() == Kind.CREATED))
                .containsExactly(new WatchEvent("/a", Kind.CREATED)));
  }
}
