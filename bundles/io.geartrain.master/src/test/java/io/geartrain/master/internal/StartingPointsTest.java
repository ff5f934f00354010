package io.geartrain.master.internal;

import static io.geartrain.master.internal.Samples.BUNDLE;
import static io.geartrain.master.internal.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.protocol.ApplicationSpec;
import io.geartrain.protocol.ApplicationState;
import io.geartrain.protocol.ApplicationStatus;
import io.geartrain.protocol.CheckpointStatus;
import io.geartrain.protocol.HealthStatus;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.protocol.StandingCheckpoint;
import io.geartrain.protocol.StartFrom;
import io.geartrain.protocol.StartWish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartingPointsTest {
  private static final String OLD = "words-0a0a";

  private final Map<String, AppEntry> apps = new LinkedHashMap<>();
  private final StartingPoints points = new StartingPoints(apps);

  @Test
  void shouldTakeTheNewestOfBothKinds() {
    app(OLD, ApplicationState.CANCELLED, 0, 0, null);

    assertThat(find(null, List.of(at(4, null), at(5, null)), List.of(at(3, null))))
        .isEqualTo(new StartFrom(OLD, 5, "name-5", false, List.of("x"), true, null));
    assertThat(find(null, List.of(at(4, null)), List.of(at(9, null))).savepoint()).isTrue();
  }

  @Test
  void shouldTakeTheOneThatIsNamed() {
    app(OLD, ApplicationState.CANCELLED, 0, 0, null);
    List<StandingCheckpoint> savepoints = List.of(at(3, "before"), at(6, "after"), at(7, "before"));

    assertThat(find("3", List.of(at(8, null)), savepoints).checkpoint()).isEqualTo(3);
    assertThat(find("8", List.of(at(8, null)), savepoints).savepoint()).isFalse();
    assertThat(find("before", List.of(at(8, null)), savepoints).checkpoint()).isEqualTo(7);
  }

  @Test
  void shouldTakeASavepointOfAnApplicationThatIsForgotten() {
    assertThat(find(null, List.of(), List.of(at(3, null))).checkpoint()).isEqualTo(3);
  }

  @Test
  void shouldTellWhatThereIs() {
    app(OLD, ApplicationState.CANCELLED, 0, 0, null);

    Refused refused = refusal("99", List.of(at(8, null)), List.of(at(3, "before")));

    assertThat(refused.code()).isEqualTo("unknown-savepoint");
    assertThat(refused.message()).contains("'99'");
    assertThat(refused.hint()).isEqualTo("There are: 3 (before), 8.");
  }

  @Test
  void shouldTellThatThereIsNothingToStartFrom() {
    assertThat(refusal(null, List.of(), List.of()).code()).isEqualTo("unknown-application");

    app(OLD, ApplicationState.COMPLETED, 0, 0, null);
    assertThat(refusal(null, List.of(), List.of()).hint()).contains("savepoints alone");
    app(OLD, ApplicationState.RUNNING, 0, 0, null);
    assertThat(refusal(null, List.of(), List.of()).hint()).contains("gear savepoint " + OLD);
    app(OLD, ApplicationState.FAILED, 0, 0, from("older-1111", 7));
    assertThat(refusal(null, List.of(), List.of()).hint()).contains("--from older-1111/7");
  }

  @Test
  void shouldNameWhoMayStillBePublishing() {
    app(OLD, ApplicationState.RUNNING, 5, 4, null);
    assertThat(find("5", List.of(), List.of(at(4, null), at(5, null))).owner()).isEqualTo(OLD);
    assertThat(find("4", List.of(), List.of(at(4, null), at(5, null))).owner()).isNull();

    app(OLD, ApplicationState.FAILED, 5, 4, null);
    assertThat(find("5", List.of(at(5, null)), List.of()).owner()).isNull();
  }

  /** It would be deleted before the application has a checkpoint of its own. */
  @Test
  void shouldNotTakeWhatARunningApplicationKeepsForAShortTime() {
    app(OLD, ApplicationState.RUNNING, 5, 5, null);

    Refused refused = refusal(null, List.of(at(4, null), at(5, null)), List.of(at(4, null)));

    assertThat(refused.code()).isEqualTo("no-savepoint");
    assertThat(refused.message()).contains(OLD, "checkpoint 5");
    assertThat(refused.hint()).contains("gear savepoint " + OLD);
    assertThat(find("4", List.of(at(4, null)), List.of(at(4, null))).savepoint()).isTrue();
  }

  @Test
  void shouldNameWhatOthersStillNeed() {
    app(OLD, ApplicationState.FAILED, 5, 4, null);
    app("new-1111", ApplicationState.PLANNING, 0, 0, from(OLD, 5));
    app("new-2222", ApplicationState.PLANNING, 0, 0, from("other-0000", 6));

    assertThat(points.neededOf(OLD)).containsExactly("n");

    app("new-1111", ApplicationState.RUNNING, 6, 0, from(OLD, 5));
    assertThat(points.neededOf(OLD)).isEmpty();
  }

  @Test
  void shouldNameAnotherThatWasStartedFromTheSame() {
    app(OLD, ApplicationState.CANCELLED, 5, 4, null);
    app("new-1111", ApplicationState.PLANNING, 0, 0, from(OLD, 5));

    assertThat(find("5", List.of(at(5, null)), List.of(at(4, null))).owner()).isEqualTo("new-1111");
    assertThat(find("4", List.of(at(5, null)), List.of(at(4, null))).owner()).isNull();
    assertThat(points.users(OLD, 5)).containsExactly("new-1111");

    app("new-1111", ApplicationState.RUNNING, 6, 0, from(OLD, 5));
    assertThat(find("5", List.of(at(5, null)), List.of()).owner()).isNull();
    assertThat(points.users(OLD, 5)).isEmpty();

    app("new-1111", ApplicationState.FAILED, 0, 0, from(OLD, 5));
    assertThat(find("5", List.of(at(5, null)), List.of()).owner()).isNull();
  }

  private StartFrom find(
      String savepoint, List<StandingCheckpoint> standing, List<StandingCheckpoint> savepoints) {
    StartingPoints.Found found = found(savepoint, standing, savepoints);
    assertThat(found.refused()).isNull();
    return found.from();
  }

  private Refused refusal(
      String savepoint, List<StandingCheckpoint> standing, List<StandingCheckpoint> savepoints) {
    StartingPoints.Found found = found(savepoint, standing, savepoints);
    assertThat(found.from()).isNull();
    return found.refused();
  }

  private StartingPoints.Found found(
      String savepoint, List<StandingCheckpoint> standing, List<StandingCheckpoint> savepoints) {
    return points.find(
        new StartWish(OLD, savepoint, List.of("x"), true),
        new StartingPoints.Written(standing, savepoints));
  }

  private static StandingCheckpoint at(long number, String label) {
    return new StandingCheckpoint(
        OLD, number, "name-" + number, START, 5, 10, "f", label, null, false);
  }

  private static StartFrom from(String application, long number) {
    return new StartFrom(application, number, "n", true, List.of(), false, null);
  }

  private void app(String id, ApplicationState state, long last, long published, StartFrom from) {
    ApplicationSpec spec =
        new ApplicationSpec(id, "words", BUNDLE, "W", Map.of(), null, "ada", START, from);
    CheckpointStatus checkpoints =
        new CheckpointStatus(last, null, 0, 0, 0, 0, null, published, 0, 0, null);
    apps.put(
        id,
        new AppEntry(
            spec,
            new ApplicationStatus(
                id,
                1,
                state,
                null,
                null,
                List.of(),
                List.of(),
                "",
                null,
                null,
                checkpoints,
                HealthStatus.NONE)));
  }
}
