package io.geartrain.master.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.Epoch;
import io.geartrain.coordination.LeaderElection;
import io.geartrain.coordination.MetadataStore;
import io.geartrain.coordination.memory.InMemoryEnsemble;
import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppRegistryTest {
  private static final ApplicationSpec SPEC =
      new ApplicationSpec(
          "wc-1", "wc", Samples.BUNDLE, "c", Map.of("k", "ä"), null, "ada", Samples.START);

  private final MetadataStore store = new InMemoryEnsemble().connect(Runnable::run);

  private AppRegistry elect(String holder) {
    Epoch epoch = Epoch.advance(store, LeaderElection.EPOCH_PATH, holder);
    return new AppRegistry(epoch.guard(store));
  }

  @Test
  void shouldReadBackWhatItWrote() {
    AppRegistry registry = elect("a");
    registry.save(SPEC, Samples.status("wc-1", 1, ApplicationState.SUBMITTED));
    registry.save(SPEC, Samples.status("wc-1", 2, ApplicationState.FAILED));

    assertThat(registry.load())
        .containsExactly(
            new MasterState.StoredApplication(
                SPEC, Samples.status("wc-1", 2, ApplicationState.FAILED)));
    assertThat(Epoch.current(store, "/apps/wc-1/epoch").orElseThrow().value()).isEqualTo(2);
  }

  @Test
  void shouldRefuseTheWritesOfADeposedLeader() {
    AppRegistry deposed = elect("a");
    deposed.save(SPEC, Samples.status("wc-1", 1, ApplicationState.RUNNING));
    AppRegistry leader = elect("b");
    leader.save(SPEC, Samples.status("wc-1", 2, ApplicationState.SUBMITTED));

    assertThatThrownBy(
            () -> deposed.save(SPEC, Samples.status("wc-1", 1, ApplicationState.COMPLETED)))
        .isInstanceOf(CoordinationException.Fenced.class);
    assertThatThrownBy(() -> deposed.saveScheduler("pack"))
        .isInstanceOf(CoordinationException.Fenced.class);
    assertThatThrownBy(() -> deposed.forget("wc-1"))
        .isInstanceOf(CoordinationException.Fenced.class);
    assertThat(leader.load().get(0).status().epoch()).isEqualTo(2);
  }

  @Test
  void shouldForgetAnApplicationWithAllBelowIt() {
    AppRegistry registry = elect("a");
    registry.save(SPEC, Samples.status("wc-1", 1, ApplicationState.COMPLETED));
    store.create("/apps/wc-1/plan/1", new byte[0]);

    registry.forget("wc-1");

    assertThat(store.children("/apps")).isEmpty();
    registry.forget("wc-1");
  }

  @Test
  void shouldLeaveAloneWhatItCanNotRead() {
    AppRegistry registry = elect("a");
    registry.save(SPEC, Samples.status("wc-1", 1, ApplicationState.RUNNING));
    store.create("/apps/bad-1/spec", "{".getBytes(StandardCharsets.UTF_8));
    store.create("/apps/bad-1/state", "{}".getBytes(StandardCharsets.UTF_8));
    store.create("/apps/bad-2/spec", new byte[0]);

    assertThat(registry.load()).extracting(app -> app.spec().id()).containsExactly("wc-1");
    assertThat(store.exists("/apps/bad-1")).isTrue();
  }

  @Test
  void shouldWriteAStatusThatIsTooLongWithoutItsGraph() {
    AppRegistry registry = elect("a");
    Failure failure = Failure.of("task-failed", "x".repeat(2_000_000), "look");
    ApplicationStatus status =
        new ApplicationStatus(
            "wc-1",
            1,
            ApplicationState.FAILED,
            null,
            Samples.START,
            List.of(),
            List.of(),
            "x".repeat(1_000_000),
            "f00d",
            failure);

    registry.save(SPEC, status);

    ApplicationStatus written = registry.load().get(0).status();
    assertThat(written.state()).isEqualTo(ApplicationState.FAILED);
    assertThat(written.endedAt()).isEqualTo(Samples.START);
    assertThat(written.failure()).isEqualTo(failure);
    assertThat(written.fingerprint()).isEqualTo("f00d");
    assertThat(written.dag()).isEmpty();
  }

  @Test
  void shouldRememberTheScheduler() {
    AppRegistry registry = elect("a");
    assertThat(registry.scheduler()).isEmpty();
    registry.saveScheduler("pack");
    registry.saveScheduler("spread");
    assertThat(registry.scheduler()).contains("spread");
  }
}
