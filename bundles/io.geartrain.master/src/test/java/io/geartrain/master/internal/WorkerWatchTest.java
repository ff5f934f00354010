package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.worker;
import static io.geartrain.protocol.ApplicationState.RUNNING;
import static io.geartrain.protocol.ApplicationState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.MasterToWorker.WorkerRegistered;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Workers that come and go, as the master's state takes it. */
class WorkerWatchTest extends MasterScenario {
  @Test
  void shouldRegisterWorkers() {
    elected();
    joined("w-1", 8);

    assertThat(toWorker(WorkerRegistered.class)).containsExactly(new WorkerRegistered(4));
    assertThat(cluster().totalSlots()).isEqualTo(8);
    assertThat(cluster().freeSlots()).isEqualTo(8);
    assertThat(cluster().workers()).isEqualTo(1);
  }

  @Test
  void shouldTakeARepeatedRegistrationForTheSameWorker() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onRegisterWorker(worker("w-1", 8), now));

    assertThat(stateOf(id)).isEqualTo(RUNNING);
    assertThat(toWorker(WorkerRegistered.class)).hasSize(2);
  }

  @Test
  void shouldBeginAgainWhatRanOnAWorkerThatWasStartedAgain() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onRegisterWorker(worker("w-1", 8, 2), now));

    assertThat(view(id).status().epoch()).isEqualTo(2);
    assertThat(stateOf(id)).isEqualTo(SUBMITTED);
    assertThat(toWorker(StopAppMaster.class)).contains(new StopAppMaster(id, 1));
    assertThat(toWorker(LaunchAppMaster.class)).last().extracting("epoch").isEqualTo(2L);
  }

  @Test
  void shouldLoseAWorkerWhoseSessionStaysAway() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onWorkersAlive(Set.of(), now));
    passes(Duration.ofSeconds(1));
    assertThat(stateOf(id)).isEqualTo(RUNNING);
    passes(Duration.ofSeconds(2));

    assertThat(stateOf(id)).isEqualTo(SUBMITTED);
    assertThat(cluster().workers()).isZero();
  }

  @Test
  void shouldKeepAWorkerWhoseSessionIsSoonBack() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onWorkersAlive(Set.of(), now));
    passes(Duration.ofSeconds(1));
    happened(state.onWorkersAlive(Set.of("w-1"), now));
    passes(Duration.ofSeconds(5));

    assertThat(stateOf(id)).isEqualTo(RUNNING);
  }

  @Test
  void shouldTakeBackAWorkerWhoseSessionComesBackLate() {
    elected();
    joined("w-1", 8);
    String id = running(2);

    happened(state.onWorkersAlive(Set.of(), now));
    passes(Duration.ofSeconds(3));
    effects.clear();
    happened(state.onWorkersAlive(Set.of("w-1"), now));

    assertThat(toWorker(StopAppMaster.class)).contains(new StopAppMaster(id, 1));
    assertThat(toWorker(LaunchAppMaster.class)).extracting("epoch").containsExactly(2L);
  }
}
