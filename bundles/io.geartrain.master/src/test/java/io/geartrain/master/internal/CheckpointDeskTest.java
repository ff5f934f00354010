package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.START;
import static io.geartrain.master.internal.Samples.status;
import static io.geartrain.master.internal.Samples.submission;
import static io.geartrain.master.internal.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointView.State;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ClientToMaster.DeleteSavepoint;
import io.geartrain.protocol.ClientToMaster.ListCheckpoints;
import io.geartrain.protocol.ClientToMaster.ListSavepoints;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.ClientToMaster.TakeCheckpoint;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.CheckpointReply;
import io.geartrain.protocol.MasterToClient.CheckpointsReply;
import io.geartrain.protocol.MasterToClient.Done;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.StartWish;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who asks for checkpoints, as the master's state answers them. */
class CheckpointDeskTest {
  private static final String APP_MASTER = "akka://geartrain/user/appmaster";
  private static final CheckpointWish WISH = CheckpointWish.checkpoint("ada");

  private final MasterState state =
      new MasterState(
          "node-w-1",
          4,
          "akka://master",
          MasterLimits.defaults(),
          Samples.SCHEDULERS,
          new Random(1));
  private Instant now = START;

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

  @Test
  void shouldDeleteTheCheckpointsOfWhatHasCompleted() {
    String id = running();

    List<Effect> decided =
        state.onStatusReport(status(id, 1, ApplicationState.COMPLETED), APP_MASTER, now);

    assertThat(decided).contains(new Effect.RemoveCheckpoints(id, Set.of()));
  }

  @Test
  void shouldKeepTheCheckpointsOfWhatMayBeGoneOnWithUntilItIsForgotten() {
    String id = running();
    List<Effect> failed =
        state.onStatusReport(status(id, 1, ApplicationState.FAILED), APP_MASTER, now);
    assertThat(failed).noneMatch(Effect.RemoveCheckpoints.class::isInstance);

    List<Effect> later = new ArrayList<>();
    for (int i = 0; i < MasterLimits.defaults().history(); i++) {
      now = now.plusSeconds(1);
      String next = saved(state.onSubmit(i, submission(), BUNDLE, now));
      later.addAll(state.onStatusReport(status(next, 1, ApplicationState.FAILED), null, now));
    }

    assertThat(later)
        .containsSequence(
            new Effect.RemoveCheckpoints(id, Set.of()), new Effect.ForgetApplication(id));
  }

  @Test
  void shouldTryAgainToDeleteWhenAReignBegins() {
    String id = running();
    Effect.SaveApplication saved =
        state.onStatusReport(status(id, 1, ApplicationState.COMPLETED), APP_MASTER, now).stream()
            .filter(Effect.SaveApplication.class::isInstance)
            .map(Effect.SaveApplication.class::cast)
            .findFirst()
            .orElseThrow();
    MasterState next =
        new MasterState(
            "node-w-2",
            5,
            "akka://other",
            MasterLimits.defaults(),
            Samples.SCHEDULERS,
            new Random(1));

    assertThat(
            next.onElected(
                List.of(new MasterState.StoredApplication(saved.spec(), saved.status())),
                "spread",
                now))
        .contains(new Effect.RemoveCheckpoints(id, Set.of()));
  }

  @Test
  void shouldRefuseToStartFromWhatIsNotThere() {
    String id = running();
    StartWish wish = new StartWish(id, "9", List.of(), false);
    SubmitApplication message =
        new SubmitApplication("example.wordcount", null, Map.of(), null, "ada", wish);

    List<Effect> decided =
        state.onSubmit(
            3,
            message,
            BUNDLE,
            new StartingPoints.Written(List.of(), List.of(standing(id, 4))),
            now);

    assertThat(decided).hasSize(1);
    assertThat(((Refused) reply(3, decided)).code()).isEqualTo("unknown-savepoint");
  }

  private static String saved(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.SaveApplication.class::isInstance)
        .map(effect -> ((Effect.SaveApplication) effect).spec().id())
        .findFirst()
        .orElseThrow();
  }

  private List<Effect> delete(String id, long number, StandingCheckpoint... savepoints) {
    return state.onDeleteSavepoint(9, new DeleteSavepoint(id, number, "ada"), List.of(savepoints));
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

  private String running() {
    state.onElected(List.of(), "spread", now);
    state.onWorkersAlive(Set.of("w-1"), now);
    state.onRegisterWorker(worker("w-1", 4), now);
    List<Effect> submitted = state.onSubmit(1, submission(), BUNDLE, now);
    String id = saved(submitted);
    state.onAppMasterLaunched(new AppMasterLaunched("w-1", id, 1, APP_MASTER), now);
    state.onStatusReport(status(id, 1, ApplicationState.RUNNING), APP_MASTER, now);
    return id;
  }

  private MakeCheckpoint ask(long token, String id) {
    return ask(token, id, WISH);
  }

  private MakeCheckpoint ask(long token, String id, CheckpointWish wish) {
    List<Effect> decided = state.onTakeCheckpoint(token, new TakeCheckpoint(id, wish), now);
    assertThat(decided).hasSize(1);
    Effect.TellAppMaster tell = (Effect.TellAppMaster) decided.get(0);
    assertThat(tell.address()).isEqualTo(APP_MASTER);
    return (MakeCheckpoint) tell.message();
  }

  private MasterToClient refusal(String id) {
    return reply(9, state.onTakeCheckpoint(9, new TakeCheckpoint(id, WISH), now));
  }

  private List<Effect> answer(MakeCheckpoint to, long number, Outcome outcome, String problem) {
    String code = problem == null ? null : "checkpoint-failed";
    return state.onCheckpointAnswer(
        new CheckpointAnswer(to.applicationId(), 1, to.request(), number, outcome, code, problem));
  }

  private List<CheckpointView> list(String id, StandingCheckpoint... standing) {
    List<Effect> decided =
        state.onListCheckpoints(9, new ListCheckpoints(id), List.of(standing), List.of());
    return ((CheckpointsReply) reply(9, decided)).checkpoints();
  }

  private static StandingCheckpoint standing(String id, long number) {
    return new StandingCheckpoint(
        id, number, "name-" + number, START, 5, 10, "f", null, null, false);
  }

  private static MasterToClient reply(long token, List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Reply.class::isInstance)
        .map(Effect.Reply.class::cast)
        .filter(reply -> reply.token() == token)
        .map(Effect.Reply::message)
        .findFirst()
        .orElseThrow();
  }
}
