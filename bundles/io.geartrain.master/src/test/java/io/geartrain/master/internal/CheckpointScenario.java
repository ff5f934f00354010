package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.saved;
import static io.geartrain.master.internal.Samples.status;
import static io.geartrain.master.internal.Samples.submission;
import static io.geartrain.master.internal.Samples.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer;
import io.geartrain.protocol.AppMasterToMaster.CheckpointAnswer.Outcome;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.CheckpointView;
import io.geartrain.protocol.CheckpointWish;
import io.geartrain.protocol.ClientToMaster.DeleteSavepoint;
import io.geartrain.protocol.ClientToMaster.ListCheckpoints;
import io.geartrain.protocol.ClientToMaster.TakeCheckpoint;
import io.geartrain.protocol.MasterToAppMaster.MakeCheckpoint;
import io.geartrain.protocol.MasterToClient;
import io.geartrain.protocol.MasterToClient.CheckpointsReply;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.WorkerToMaster.AppMasterLaunched;
import java.util.List;
import java.util.Set;

/** A master's state with an application that runs, of which somebody wants checkpoints. */
abstract class CheckpointScenario extends MasterScenario {
  static final CheckpointWish WISH = CheckpointWish.checkpoint("ada");

  List<Effect> delete(String id, long number, StandingCheckpoint... savepoints) {
    return state.onDeleteSavepoint(9, new DeleteSavepoint(id, number, "ada"), List.of(savepoints));
  }

  String running() {
    state.onElected(List.of(), "spread", now);
    state.onWorkersAlive(Set.of("w-1"), now);
    state.onRegisterWorker(worker("w-1", 4), now);
    List<Effect> submitted = state.onSubmit(1, submission(), BUNDLE, now);
    String id = saved(submitted);
    state.onAppMasterLaunched(new AppMasterLaunched("w-1", id, 1, APP_MASTER), now);
    state.onStatusReport(status(id, 1, ApplicationState.RUNNING), APP_MASTER, now);
    return id;
  }

  MakeCheckpoint ask(long token, String id) {
    return ask(token, id, WISH);
  }

  MakeCheckpoint ask(long token, String id, CheckpointWish wish) {
    List<Effect> decided = state.onTakeCheckpoint(token, new TakeCheckpoint(id, wish), now);
    assertThat(decided).hasSize(1);
    Effect.TellAppMaster tell = (Effect.TellAppMaster) decided.get(0);
    assertThat(tell.address()).isEqualTo(APP_MASTER);
    return (MakeCheckpoint) tell.message();
  }

  MasterToClient refusal(String id) {
    return reply(9, state.onTakeCheckpoint(9, new TakeCheckpoint(id, WISH), now));
  }

  List<Effect> answer(MakeCheckpoint to, long number, Outcome outcome, String problem) {
    String code = problem == null ? null : "checkpoint-failed";
    return state.onCheckpointAnswer(
        new CheckpointAnswer(to.applicationId(), 1, to.request(), number, outcome, code, problem));
  }

  List<CheckpointView> list(String id, StandingCheckpoint... standing) {
    List<Effect> decided =
        state.onListCheckpoints(9, new ListCheckpoints(id), List.of(standing), List.of());
    return ((CheckpointsReply) reply(9, decided)).checkpoints();
  }

  static MasterToClient reply(long token, List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Reply.class::isInstance)
        .map(Effect.Reply.class::cast)
        .filter(reply -> reply.token() == token)
        .map(Effect.Reply::message)
        .findFirst()
        .orElseThrow();
  }
}
