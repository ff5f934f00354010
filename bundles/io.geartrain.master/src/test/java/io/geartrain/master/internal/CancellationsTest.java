package io.geartrain.master.internal;

import static io.geartrain.protocol.ApplicationState.CANCELLED;
import static io.geartrain.protocol.ApplicationState.CANCELLING;
import static io.geartrain.protocol.ApplicationState.COMPLETED;
import static io.geartrain.protocol.ApplicationState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.protocol.ClientToMaster.CancelApplication;
import io.geartrain.protocol.ClientToMaster.GetApplication;
import io.geartrain.protocol.MasterToAppMaster.StopApplication;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.MasterToWorker.StopAppMaster;
import io.geartrain.protocol.WorkerToMaster.AppMasterTerminated;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who stops applications, as the master's state answers them. */
class CancellationsTest extends MasterScenario {
  @Test
  void shouldCancelWhatRuns() {
    elected();
    joined("w-1", 8);
    String id = running(2);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));

    assertThat(((ApplicationReply) answer(token)).application().status().state())
        .isEqualTo(CANCELLING);
    assertThat(toAppMaster(StopApplication.class)).containsExactly(new StopApplication(id, "ada"));
    reported(id, 1, RUNNING);
    assertThat(stateOf(id)).isEqualTo(CANCELLING);
    reported(id, 1, CANCELLED);
    assertThat(stateOf(id)).isEqualTo(CANCELLED);
    assertThat(cluster().freeSlots()).isEqualTo(8);
  }

  @Test
  void shouldCancelOnceForManyRequests() {
    elected();
    joined("w-1", 8);
    String id = running(2);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    reported(id, 1, CANCELLED);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));

    assertThat(toAppMaster(StopApplication.class)).hasSize(1);
    assertThat(((ApplicationReply) answer(token)).application().status().state())
        .isEqualTo(CANCELLED);
  }

  @Test
  void shouldCancelAtOnceWhatWasNeverLaunched() {
    elected();
    String id = submit();
    long submitter = token;
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));

    assertThat(stateOf(id)).isEqualTo(CANCELLED);
    assertThat(answer(submitter)).isInstanceOf(ApplicationReply.class);
    joined("w-1", 8);
    assertThat(toWorker(LaunchAppMaster.class)).isEmpty();
  }

  @Test
  void shouldPassACancelOnWhenTheAppMasterShowsUp() {
    elected();
    joined("w-1", 8);
    String id = submit();
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    assertThat(toAppMaster(StopApplication.class)).isEmpty();
    launched(id, 1);

    assertThat(toAppMaster(StopApplication.class)).hasSize(1);
  }

  @Test
  void shouldEndACancelWhoseAppMasterDies() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    happened(state.onAppMasterTerminated(new AppMasterTerminated("w-1", id, 1, "x"), now));

    assertThat(stateOf(id)).isEqualTo(CANCELLED);
  }

  @Test
  void shouldStopTheAppMasterOfWhatDoesNotStop() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    passes(Duration.ofSeconds(31));

    assertThat(stateOf(id)).isEqualTo(CANCELLED);
    assertThat(toWorker(StopAppMaster.class)).containsExactly(new StopAppMaster(id, 1));
  }

  @Test
  void shouldRefuseToCancelWhatHasEndedOrIsUnknown() {
    elected();
    joined("w-1", 8);
    String id = running(1);
    reported(id, 1, COMPLETED);
    happened(state.onCancel(++token, new CancelApplication(id, "ada"), now));
    assertThat(refused(token).code()).isEqualTo("already-ended");

    happened(state.onCancel(++token, new CancelApplication("nothing", "ada"), now));
    assertThat(refused(token).code()).isEqualTo("unknown-application");
    happened(state.onGet(++token, new GetApplication("nothing")));
    assertThat(refused(token).code()).isEqualTo("unknown-application");
  }
}
