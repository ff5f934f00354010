package io.geartrain.coordination.zookeeper.internal;

import static io.geartrain.coordination.MetadataStore.ANY_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.coordination.Member;
import io.geartrain.coordination.Membership;
import io.geartrain.coordination.MetadataStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who is there, as each process sees it. */
interface MembershipContract extends CoordinationFixture {

  @Test
  default void shouldTellWhoJoinsChangesAndLeaves() throws Exception {
    List<List<Member>> seen = new CopyOnWriteArrayList<>();
    cluster().newProcess().membership().watch("workers", seen::add);
    eventually(() -> assertThat(seen).containsExactly(List.of()));

    Membership.Ticket b = process().membership().join("workers", "b", bytes("1"));
    Membership.Ticket a = process().membership().join("workers", "a", bytes("2"));
    process().membership().join("nodes", "c", bytes("3"));

    assertThat(process().membership().members("workers"))
        .containsExactly(member("a", "2"), member("b", "1"));
    eventually(() -> assertThat(seen).endsWith(List.of(member("a", "2"), member("b", "1"))));
    b.update(bytes("9"));
    eventually(() -> assertThat(seen).endsWith(List.of(member("a", "2"), member("b", "9"))));
    a.close();
    a.close();
    eventually(() -> assertThat(seen).endsWith(List.of(member("b", "9"))));
  }

  @Test
  default void shouldRegisterAgainAfterALostSession() throws Exception {
    TestCluster.Process other = cluster().newProcess();
    List<List<Member>> seen = new CopyOnWriteArrayList<>();
    other.membership().watch("workers", seen::add);
    Membership.Ticket ticket = process().membership().join("workers", "a", bytes("1"));
    eventually(() -> assertThat(seen).endsWith(List.of(member("a", "1"))));

    process().expire();

    eventually(() -> assertThat(other.membership().members("workers")).hasSize(1));
    process().cut();
    ticket.update(bytes("2"));
    process().awaitExpiryOnServer();
    eventually(() -> assertThat(other.membership().members("workers")).isEmpty());
    process().heal();
    eventually(
        () -> assertThat(other.membership().members("workers")).containsExactly(member("a", "2")));
  }

  @Test
  default void shouldReplaceALeftOverAndNotFightForIt() throws Exception {
    process().membership().join("workers", "a", bytes("old"));
    TestCluster.Process other = cluster().newProcess();

    other.membership().join("workers", "a", bytes("new"));

    process().cut();
    process().heal();
    eventually(() -> assertThat(store().session().connected()).isTrue());
    eventually(
        () ->
            assertThat(process().membership().members("workers"))
                .containsExactly(member("a", "new")));
    other.close();
    eventually(
        () ->
            assertThat(process().membership().members("workers"))
                .containsExactly(member("a", "old")));
  }

  @Test
  default void shouldRegisterAgainWhatSomebodyDeleted() throws Exception {
    process().membership().join("workers", "a", bytes("1"));
    MetadataStore other = cluster().newProcess().store();

    other.delete("/workers/a", ANY_VERSION);

    eventually(() -> assertThat(other.exists("/workers/a")).isTrue());
  }

  private Member member(String id, String data) {
    return new Member("workers", id, bytes(data));
  }
}
