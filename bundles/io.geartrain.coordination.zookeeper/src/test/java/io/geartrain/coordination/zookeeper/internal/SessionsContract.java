package io.geartrain.coordination.zookeeper.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Registration;
import io.geartrain.coordination.SessionState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a session keeps, and what it tells of itself. */
interface SessionsContract extends CoordinationFixture {

  @Test
  default void shouldKeepEphemeralsAsLongAsTheSession() throws Exception {
    TestCluster.Process other = cluster().newProcess();
    other.store().createEphemeral("/live/one", bytes("1"));
    other.store().create("/stay", bytes("2"));
    assertThat(store().exists("/live/one")).isTrue();
    assertThatThrownBy(() -> store().create("/live/one/below", new byte[0]))
        .isInstanceOf(CoordinationException.Failed.class);

    other.close();

    eventually(() -> assertThat(store().exists("/live/one")).isFalse());
    assertThat(store().exists("/stay")).isTrue();
    assertThatThrownBy(() -> other.store().get("/stay"))
        .isInstanceOf(CoordinationException.Failed.class)
        .hasMessageContaining("closed");
  }

  @Test
  default void shouldTellTheStatesOfTheSessionInOrder() throws Exception {
    List<SessionState> states = new CopyOnWriteArrayList<>();
    Registration registration = store().watchSession(states::add);
    store().createEphemeral("/mine", new byte[0]);
    eventually(() -> assertThat(states).containsExactly(SessionState.CONNECTED));

    process().expire();

    eventually(
        () ->
            assertThat(states)
                .containsExactly(
                    SessionState.CONNECTED,
                    SessionState.SUSPENDED,
                    SessionState.LOST,
                    SessionState.RECONNECTED));
    assertThat(store().session()).isEqualTo(SessionState.RECONNECTED);
    assertThat(store().exists("/mine")).isFalse();
    registration.close();
  }

  @Test
  default void shouldBeUnavailableWhileCutOffAndKeepASessionThatIsBackInTime() throws Exception {
    List<SessionState> states = new CopyOnWriteArrayList<>();
    store().watchSession(states::add);
    store().createEphemeral("/mine", new byte[0]);

    process().cut();
    assertThatThrownBy(() -> store().get("/mine"))
        .isInstanceOfSatisfying(
            CoordinationException.Unavailable.class, e -> assertThat(e.retryable()).isTrue());
    assertThatThrownBy(() -> store().create("/x", new byte[0]))
        .isInstanceOf(CoordinationException.Unavailable.class);
    eventually(() -> assertThat(store().session()).isEqualTo(SessionState.SUSPENDED));
    process().heal();

    eventually(() -> assertThat(states).endsWith(SessionState.RECONNECTED));
    assertThat(states)
        .containsExactly(SessionState.CONNECTED, SessionState.SUSPENDED, SessionState.RECONNECTED);
    assertThat(store().exists("/mine")).isTrue();
    assertThat(store().exists("/x")).isFalse();
  }
}
