package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.bundle;
import static io.geartrain.master.internal.Samples.standing;
import static io.geartrain.master.internal.Samples.submission;
import static io.geartrain.protocol.ApplicationState.FAILED;
import static io.geartrain.protocol.ApplicationState.PLANNING;
import static io.geartrain.protocol.ApplicationState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.master.internal.Effect.SaveApplication;
import io.geartrain.master.internal.Effect.TellWorker;
import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.MasterToClient.ApplicationReply;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.MasterToWorker.LaunchAppMaster;
import io.geartrain.protocol.StartWish;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who submits applications, as the master's state answers them. */
class SubmissionsTest extends MasterScenario {
  @Test
  void shouldRecordBeforeItLaunches() {
    elected();
    joined("w-1", 8);
    effects.clear();
    String id = submit();

    assertThat(id).matches("word-count-[0-9a-f]{4}");
    List<Effect> order =
        effects.stream()
            .filter(e -> e instanceof SaveApplication || e instanceof TellWorker)
            .toList();
    assertThat(order.get(0)).isInstanceOf(SaveApplication.class);
    assertThat(((TellWorker) order.get(1)).message())
        .isEqualTo(new LaunchAppMaster(view(id).spec(), 1, "akka://master"));
    assertThat(view(id).spec().settings()).containsEntry("k", "v");
    assertThat(view(id).spec().className()).isEqualTo("example.word-count");
  }

  @Test
  void shouldHoldTheAnswerUntilThePlanIsKnown() {
    elected();
    joined("w-1", 8);
    String id = submit();
    long submitter = token;
    launched(id, 1);
    reported(id, 1, PLANNING);
    assertThat(answer(submitter)).isNull();

    reported(id, 1, WAITING);

    assertThat(((ApplicationReply) answer(submitter)).application().status().state())
        .isEqualTo(WAITING);
  }

  @Test
  void shouldRefuseWhatCanNotBePlannedAndKeepItListed() {
    elected();
    joined("w-1", 8);
    String id = submit();
    long submitter = token;
    reported(id, 1, PLANNING);
    reported(id, 1, FAILED);

    assertThat(refused(submitter)).isEqualTo(new Refused("definition-failed", "it threw", "look"));
    assertThat(stateOf(id)).isEqualTo(FAILED);
  }

  @Test
  void shouldAnswerWithTheStateAsItIsWhenPlanningTakesLong() {
    elected();
    joined("w-1", 8);
    String id = submit();
    long submitter = token;
    launched(id, 1);
    reported(id, 1, PLANNING);
    passes(Duration.ofSeconds(26));

    assertThat(((ApplicationReply) answer(submitter)).application().status().state())
        .isEqualTo(PLANNING);
  }

  @Test
  void shouldRefuseABundleWithoutApplication() {
    elected();
    happened(state.onSubmit(1, submission(), bundle(), now));

    assertThat(refused(1).code()).isEqualTo("bundle-no-application");
    assertThat(refused(1).hint()).contains("@StreamApp");
  }

  @Test
  void shouldRefuseABundleWithTwoApplications() {
    elected();
    happened(state.onSubmit(1, submission(), bundle("a", "b"), now));

    assertThat(refused(1).code()).isEqualTo("bundle-many-applications");
    assertThat(refused(1).message()).contains("a, b");
  }

  @Test
  void shouldRefuseAnUnknownScheduler() {
    elected();
    happened(
        state.onSubmit(
            1, new SubmitApplication("b", null, Map.of(), "random", "ada"), BUNDLE, now));

    assertThat(refused(1).code()).isEqualTo("unknown-scheduler");
    assertThat(refused(1).message()).contains("random");
    assertThat(refused(1).hint()).contains("pack, spread");
  }

  @Test
  void shouldRefuseABadNameAndBadSettings() {
    elected();
    Map<String, String> noValue = new HashMap<>();
    noValue.put("k", null);
    happened(
        state.onSubmit(1, new SubmitApplication("b", "a/b", Map.of(), null, "ada"), BUNDLE, now));
    happened(
        state.onSubmit(
            2,
            new SubmitApplication("b", null, Map.of("k", "v".repeat(40_000)), null, "ada"),
            BUNDLE,
            now));
    happened(
        state.onSubmit(3, new SubmitApplication("b", null, noValue, null, "ada"), BUNDLE, now));

    assertThat(refused(1).message()).contains("a/b");
    assertThat(refused(2).message()).contains("40001");
    assertThat(refused(3).code()).isEqualTo("bad-request");
    assertThat(all(SaveApplication.class)).isEmpty();
  }

  @Test
  void shouldNameTheApplicationAsAsked() {
    elected();
    happened(
        state.onSubmit(1, new SubmitApplication("b", "mine", null, "pack", "ada"), BUNDLE, now));

    assertThat(last(SaveApplication.class).spec().id()).startsWith("mine-");
  }

  @Test
  void shouldRefuseToStartFromWhatIsNotThere() {
    elected();
    joined("w-1", 4);
    String id = running(1);
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
    happened(decided);
    assertThat(refused(3).code()).isEqualTo("unknown-savepoint");
  }
}
