package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.saved;
import static io.geartrain.master.internal.Samples.status;
import static io.geartrain.master.internal.Samples.submission;
import static io.geartrain.protocol.ApplicationState.COMPLETED;
import static io.geartrain.protocol.ApplicationState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.master.internal.Effect.ForgetApplication;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.MasterToClient.ApplicationsReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the master's state keeps of applications that have ended. */
class HistoryTest extends MasterScenario {
  @Test
  void shouldKeepABoundedHistory() {
    MasterState small = newState(MasterLimits.defaults().withHistory(2));
    happened(
        small.onElected(
            List.of(
                stored("wc-1", 1, COMPLETED),
                stored("wc-2", 1, COMPLETED),
                stored("wc-3", 1, FAILED)),
            "spread",
            now));

    assertThat(all(ForgetApplication.class)).hasSize(1);
    happened(small.onList(9));
    assertThat(((ApplicationsReply) answer(9)).applications()).hasSize(2);
  }

  @Test
  void shouldDeleteTheCheckpointsOfWhatHasCompleted() {
    elected();
    joined("w-1", 4);
    String id = running(1);

    List<Effect> decided =
        state.onStatusReport(status(id, 1, ApplicationState.COMPLETED), APP_MASTER, now);

    assertThat(decided).contains(new Effect.RemoveCheckpoints(id, Set.of()));
  }

  @Test
  void shouldKeepTheCheckpointsOfWhatMayBeGoneOnWithUntilItIsForgotten() {
    elected();
    joined("w-1", 4);
    String id = running(1);
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
    elected();
    joined("w-1", 4);
    String id = running(1);
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
}
