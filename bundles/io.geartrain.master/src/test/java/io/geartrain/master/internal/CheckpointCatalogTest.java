package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.saved;
import static io.geartrain.master.internal.Samples.standing;
import static io.geartrain.master.internal.Samples.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointView.State;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ClientToMaster.ListSavepoints;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToClient.CheckpointsReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.StartWish;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who lists checkpoints and deletes savepoints, as the master's state answers them. */
class CheckpointCatalogTest extends CheckpointScenario {
  @Test
  void shouldListSavepointsOfOneAndOfAll() {
    String id = running();
    MakeCheckpoint asked = ask(7, id, new CheckpointWish(true, "before", false, "ada"));
    answer(asked, 5, Outcome.BEGUN, null);
    answer(ask(8, id), 6, Outcome.BEGUN, null);

    List<StandingCheckpoint> standing =
        List.of(standing(id, 2), standing(id, 4), standing("old-0001", 9));
    assertThat(
            ((CheckpointsReply)
                    reply(9, state.onListSavepoints(9, new ListSavepoints(null), standing)))
                .checkpoints())
        .extracting(CheckpointView::application, CheckpointView::number, CheckpointView::state)
        .containsExactlyInAnyOrder(
            tuple("old-0001", 9L, State.STANDING),
            tuple(id, 5L, State.IN_PROGRESS),
            tuple(id, 4L, State.STANDING),
            tuple(id, 2L, State.STANDING));
    assertThat(
            ((CheckpointsReply)
                    reply(
                        9,
                        state.onListSavepoints(
                            9, new ListSavepoints("old-0001"), List.of(standing("old-0001", 9)))))
                .checkpoints())
        .hasSize(1);
    assertThat(
            ((Refused) reply(9, state.onListSavepoints(9, new ListSavepoints("nope"), List.of())))
                .code())
        .isEqualTo("unknown-application");
  }

  @Test
  void shouldCallASavepointInProgressUntilItsOutputIsPublished() {
    String id = running();
    MakeCheckpoint asked = ask(7, id);
    answer(asked, 3, Outcome.BEGUN, null);

    assertThat(list(id, standing(id, 3)))
        .extracting(CheckpointView::state)
        .containsExactly(State.IN_PROGRESS);
    answer(asked, 3, Outcome.FAILED, "out of luck");
    assertThat(list(id, standing(id, 3)))
        .extracting(CheckpointView::state)
        .containsExactly(State.STANDING);
  }

  @Test
  void shouldDeleteASavepoint() {
    String id = running();

    assertThat(delete(id, 4, standing(id, 4)))
        .contains(new Effect.RemoveSavepoint(id, 4), new Effect.Reply(9, new Done()));
    assertThat(((Refused) reply(9, delete(id, 5, standing(id, 4)))).code())
        .isEqualTo("unknown-savepoint");
    assertThat(((Refused) reply(9, delete("nope", 5))).code()).isEqualTo("unknown-application");
  }

  @Test
  void shouldNotDeleteWhatARunningApplicationBeganWith() {
    String id = running();
    StandingCheckpoint savepoint = standing(id, 4);
    List<Effect> submitted =
        state.onSubmit(
            3,
            new SubmitApplication(
                "example.wordcount",
                null,
                Map.of(),
                null,
                "ada",
                new StartWish(id, "4", List.of(), false)),
            BUNDLE,
            new StartingPoints.Written(List.of(), List.of(savepoint)),
            now);
    String started = saved(submitted);

    Refused refused = (Refused) reply(9, delete(id, 4, savepoint));

    assertThat(refused.code()).isEqualTo("savepoint-in-use");
    assertThat(refused.message()).contains(started);
    assertThat(refused.hint()).contains("gear savepoint " + started);
    state.onStatusReport(status(started, 1, ApplicationState.FAILED), APP_MASTER, now);
    assertThat(delete(id, 4, savepoint)).contains(new Effect.RemoveSavepoint(id, 4));
  }
}
