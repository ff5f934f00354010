package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.worker;
import static io.geartrain.protocol.ApplicationState.RUNNING;
import static io.geartrain.protocol.ApplicationState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.master.internal.Effect.TellWorker;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When and where the master's state has app masters launched. */
class AppMastersTest extends MasterScenario {
  @Test
  void shouldLaunchOnTheLeastLoadedWorker() {
    elected();
    joined("w-1", 8);
    happened(state.onRegisterWorker(worker("w-2", 8), now));
    submit();
    submit();

    assertThat(all(TellWorker.class))
        .filteredOn(tell -> tell.message() instanceof LaunchAppMaster)
        .extracting(TellWorker::address)
        .containsExactly(worker("w-1", 8).address(), worker("w-2", 8).address());
  }

  @Test
  void shouldLaunchWhenTheFirstWorkerComes() {
    elected();
    String id = submit();
    assertThat(stateOf(id)).isEqualTo(SUBMITTED);

    joined("w-1", 8);

    assertThat(toWorker(LaunchAppMaster.class)).hasSize(1);
  }

  @Test
  void shouldWaitForTheWorkersItKnowsOf() {
    elected(stored("wc-1", 1, RUNNING));
    happened(state.onWorkersAlive(Set.of("w-1", "w-2"), now));
    happened(state.onRegisterWorker(worker("w-1", 8), now));
    assertThat(toWorker(LaunchAppMaster.class)).isEmpty();

    happened(state.onRegisterWorker(worker("w-2", 8), now));
    assertThat(toWorker(LaunchAppMaster.class)).hasSize(1);
  }

  @Test
  void shouldNotWaitForeverForTheWorkersItKnowsOf() {
    elected(stored("wc-1", 1, RUNNING));
    happened(state.onWorkersAlive(Set.of("w-1", "w-2"), now));
    happened(state.onRegisterWorker(worker("w-1", 8), now));
    passes(Duration.ofSeconds(4));

    assertThat(toWorker(LaunchAppMaster.class)).hasSize(1);
  }

  @Test
  void shouldStopAnAppMasterThatComesTooLate() {
    elected();
    joined("w-1", 8);
    String id = submit();
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "oom"), now));
    launched(id, 1);

    assertThat(toWorker(StopAppMaster.class)).last().isEqualTo(new StopAppMaster(id, 1));
  }
}
