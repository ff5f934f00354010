package io.geartrain.master.internal;

import static io.geartrain.protocol.ApplicationState.CANCELLED;
import static io.geartrain.protocol.ApplicationState.CANCELLING;
import static io.geartrain.protocol.ApplicationState.COMPLETED;
import static io.geartrain.protocol.ApplicationState.DEPLOYING;
import static io.geartrain.protocol.ApplicationState.FAILED;
import static io.geartrain.protocol.ApplicationState.PLANNING;
import static io.geartrain.protocol.ApplicationState.RUNNING;
import static io.geartrain.protocol.ApplicationState.SUBMITTED;
import static io.geartrain.protocol.ApplicationState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.master.internal.Effect.SaveApplication;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Applications between their submission and their end, as the master's state leads them. */
class LivesTest extends MasterScenario {
  @Test
  void shouldWriteDownEachChangeOfStateOnce() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    reported(id, 1, RUNNING);
    reported(id, 1, RUNNING);
    reported(id, 1, COMPLETED);

    assertThat(all(SaveApplication.class))
        .extracting(save -> save.status().state())
        .containsExactly(SUBMITTED, PLANNING, WAITING, DEPLOYING, RUNNING, COMPLETED);
  }

  @Test
  void shouldWriteTheEndBeforeAnythingElse() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    effects.clear();
    reported(id, 1, COMPLETED);

    assertThat(effects.get(0)).isInstanceOf(SaveApplication.class);
    assertThat(view(id).status().endedAt()).isEqualTo(now);
  }

  @Test
  void shouldDropReportsOfAnOlderEpoch() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "it crashed"), now));

    reported(id, 1, COMPLETED);

    assertThat(stateOf(id)).isEqualTo(SUBMITTED);
  }

  @Test
  void shouldHoldAnEndFinal() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    reported(id, 1, COMPLETED);
    reported(id, 1, RUNNING);
    reported(id, 1, FAILED);
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "ended"), now));
    happened(state.onWorkerLost("w-1", "x", now));

    assertThat(stateOf(id)).isEqualTo(COMPLETED);
  }

  @Test
  void shouldNeverGoBack() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    reported(id, 1, PLANNING);

    assertThat(stateOf(id)).isEqualTo(RUNNING);
  }

  @Test
  void shouldLaunchAnAppMasterAgain() {
    elected();
    joined("w-1", 8);
    String id = running(4);
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "crash"), now));

    assertThat(toWorker(LaunchAppMaster.class)).extracting("epoch").containsExactly(1L, 2L);
    assertThat(cluster().freeSlots()).isEqualTo(8);
    assertThat(last(SaveApplication.class).status().epoch()).isEqualTo(2);
  }

  @Test
  void shouldGiveUpAfterTheFourthDeathInAMinute() {
    elected();
    joined("w-1", 8);
    String id = submit();
    long submitter = token;
    for (long epoch = 1; epoch <= 4; epoch++) {
      passes(Duration.ofSeconds(5));
      happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, epoch, "oom"), now));
    }

    assertThat(stateOf(id)).isEqualTo(FAILED);
    assertThat(view(id).status().failure().message()).contains("4 times").contains("oom");
    assertThat(refused(submitter).code()).isEqualTo("app-master-lost");
  }

  @Test
  void shouldForgetDeathsOfLongAgo() {
    elected();
    joined("w-1", 8);
    String id = submit();
    for (long epoch = 1; epoch <= 6; epoch++) {
      passes(Duration.ofSeconds(30));
      happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, epoch, "oom"), now));
    }

    assertThat(stateOf(id)).isEqualTo(SUBMITTED);
  }

  @Test
  void shouldNotWaitForeverForAnAppMaster() {
    elected();
    joined("w-1", 8);
    String id = submit();
    passes(Duration.ofSeconds(21));

    assertThat(view(id).status().epoch()).isEqualTo(2);
    assertThat(toWorker(StopAppMaster.class)).containsExactly(new StopAppMaster(id, 1));
  }

  @Test
  void shouldBeginAgainWhatHadNotEnded() {
    elected(
        stored("wc-1", 3, RUNNING), stored("wc-2", 1, COMPLETED), stored("wc-3", 2, CANCELLING));
    assertThat(toWorker(LaunchAppMaster.class)).isEmpty();
    joined("w-1", 8);

    assertThat(toWorker(LaunchAppMaster.class)).extracting("epoch").containsExactly(4L);
    assertThat(toWorker(StopAppMaster.class))
        .contains(new StopAppMaster("wc-1", 3), new StopAppMaster("wc-3", 2));
    assertThat(stateOf("wc-1")).isEqualTo(SUBMITTED);
    assertThat(stateOf("wc-2")).isEqualTo(COMPLETED);
    assertThat(stateOf("wc-3")).isEqualTo(CANCELLED);
  }
}
