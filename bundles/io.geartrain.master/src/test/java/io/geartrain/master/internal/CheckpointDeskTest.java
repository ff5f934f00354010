package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.standing;
import static io.geartrain.master.internal.Samples.status;
import static io.geartrain.master.internal.Samples.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointView.State;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.CheckpointReply;
import io.geartrain.protocol.MasterToClient.Refused;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asks for checkpoints, as the master's state answers them. */
class CheckpointDeskTest extends CheckpointScenario {
  @Test
  void shouldPassItOnAndTellItsNumber() {
    String id = running();
    MakeCheckpoint asked = ask(7, id);
    assertThat(asked.wish()).isEqualTo(WISH);

    CheckpointView view =
        ((CheckpointReply) reply(7, answer(asked, 3, Outcome.BEGUN, null))).checkpoint();

    assertThat(view.number()).isEqualTo(3);
    assertThat(view.state()).isEqualTo(State.IN_PROGRESS);
    assertThat(list(id)).extracting(CheckpointView::number).containsExactly(3L);
  }

  @Test
  void shouldForgetWhatStandsForThatIsWrittenDown() {
    String id = running();
    MakeCheckpoint asked = ask(7, id);
    answer(asked, 3, Outcome.BEGUN, null);
    answer(asked, 3, Outcome.STANDS, null);

    assertThat(list(id)).isEmpty();
    assertThat(list(id, standing(id, 2), standing(id, 3)))
        .extracting(CheckpointView::number, CheckpointView::state)
        .containsExactly(tuple(3L, State.STANDING), tuple(2L, State.STANDING));
  }

  @Test
  void shouldRememberWhyOneFailed() {
    String id = running();
    MakeCheckpoint asked = ask(7, id);
    answer(asked, 3, Outcome.BEGUN, null);
    answer(asked, 3, Outcome.FAILED, "disk full");

    assertThat(list(id, standing(id, 2)))
        .extracting(CheckpointView::number, CheckpointView::state, CheckpointView::problem)
        .containsExactly(tuple(3L, State.FAILED, "disk full"), tuple(2L, State.STANDING, null));
  }

  @Test
  void shouldRememberOnlyTheLastThatFailed() {
    String id = running();
    for (long number = 1; number <= 30; number++) {
      MakeCheckpoint asked = ask(number, id);
      answer(asked, number, Outcome.BEGUN, null);
      answer(asked, number, Outcome.FAILED, "disk full");
    }

    assertThat(list(id)).hasSize(10);
    assertThat(list(id).get(0).number()).isEqualTo(30);
  }

  @Test
  void shouldTellThatTheAppMasterRefuses() {
    String id = running();

    Refused refused = (Refused) reply(7, answer(ask(7, id), 0, Outcome.FAILED, "it completes"));

    assertThat(refused.message()).isEqualTo("No checkpoint can be taken: it completes.");
    assertThat(list(id)).isEmpty();
  }

  @Test
  void shouldRefuseWhatDoesNotRun() {
    assertThat(((Refused) refusal("nope-1234")).code()).isEqualTo("unknown-application");
    state.onElected(List.of(), "spread", now);
    state.onSubmit(1, submission(), BUNDLE, now);
    String waiting =
        reply(2, state.onList(2)) instanceof MasterToClient.ApplicationsReply all
            ? all.applications().get(0).spec().id()
            : null;
    assertThat(((Refused) refusal(waiting)).code()).isEqualTo("wrong-state");
  }

  @Test
  void shouldRefuseOneThatHasEnded() {
    String id = running();
    state.onStatusReport(status(id, 1, ApplicationState.COMPLETED), APP_MASTER, now);

    assertThat(((Refused) refusal(id)).code()).isEqualTo("already-ended");
  }

  @Test
  void shouldLetNobodyWaitForAnAppMasterThatIsGone() {
    String id = running();
    ask(7, id);
    MakeCheckpoint numbered = ask(8, id);
    answer(numbered, 3, Outcome.BEGUN, null);

    List<Effect> decided = state.onWorkerLost("w-1", "killed", now);

    assertThat(((Refused) reply(7, decided)).message()).contains("worker w-1 is lost: killed");
    assertThat(list(id))
        .extracting(CheckpointView::number, CheckpointView::state)
        .containsExactly(tuple(3L, State.FAILED));
    assertThat(answer(numbered, 3, Outcome.STANDS, null)).isEmpty();
  }

  @Test
  void shouldNotWaitForEver() {
    String id = running();
    ask(7, id);
    now = now.plus(Duration.ofSeconds(11));

    assertThat(((Refused) reply(7, state.onTick(now))).code()).isEqualTo("unavailable");
  }

  @Test
  void shouldDropTheAnswerOfAnAppMasterOfThePast() {
    String id = running();
    MakeCheckpoint asked = ask(7, id);

    assertThat(
            state.onCheckpointAnswer(
                new CheckpointAnswer(id, 0, asked.request(), 3, Outcome.BEGUN, null, null)))
        .isEmpty();
  }
}
