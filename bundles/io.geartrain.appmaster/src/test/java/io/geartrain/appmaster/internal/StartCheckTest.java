package io.geartrain.appmaster.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.geartrain.codec.TypeDictionary;
import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedProcessor;
import io.geartrain.plan.PlannedProcessor.Kind;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.StartFrom;
import io.geartrain.state.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StartCheckTest {
  private static final String POSITIONS = "positions in splits";
  private static final String COUNTS = "a value for each key";
  private static final String OUTPUT = "prepared output";

  private final Map<String, String> before =
      new TreeMap<>(Map.of("lines", POSITIONS, "words", "x", "count", COUNTS, "out", OUTPUT));
  private final Map<String, String> now = new TreeMap<>(before);
  private final Map<String, Set<String>> contents =
      new TreeMap<>(
          Map.of(
              "lines", Set.of("task", "split"),
              "words", Set.of("task"),
              "count", Set.of("task", "watermark", "table:accumulators"),
              "out", Set.of("task", "prepared")));
  private List<String> dropState = List.of();
  private boolean allowDropped;
  private String owner;

  @Test
  void shouldLetTheSameStepsGoOn() {
    assertThat(check().refusal()).isEmpty();
    assertThat(check().dropped()).isEmpty();
  }

  @Test
  void shouldLetANewStepBeginEmpty() {
    now.put("alarm", "keyed state of a processor");

    assertThat(check().refusal()).isEmpty();
  }

  @Test
  void shouldRefuseStateWhoseStepIsGone() {
    now.remove("count");

    assertThat(refusal().code()).isEqualTo("state-without-step");
    assertThat(refusal().message())
        .isEqualTo(
            "savepoint words-0a0a/12 holds state of step 'count', which the application has no"
                + " more");
    assertThat(refusal().hint())
        .contains("--drop-state count")
        .contains("--allow-dropped-state")
        .contains("ids back");
  }

  @Test
  void shouldLeaveOutWhatIsToBeDropped() {
    now.remove("count");
    dropState = List.of("count");
    assertThat(check().refusal()).isEmpty();
    assertThat(check().dropped()).containsExactly("count");

    dropState = List.of();
    allowDropped = true;
    assertThat(check().refusal()).isEmpty();
    assertThat(check().dropped()).containsExactly("count");
  }

  @Test
  void shouldNotMissAStepThatKeptNothing() {
    now.remove("words");

    assertThat(check().refusal()).isEmpty();
  }

  @Test
  void shouldNotMissASourceThatHasReadAll() {
    contents.put("lines", Set.of("task"));
    now.remove("lines");

    assertThat(check().refusal()).isEmpty();
  }

  @Test
  void shouldRefuseAStepThatKeepsSomethingElseNow() {
    now.put("count", "sessions");

    assertThat(refusal().code()).isEqualTo("state-changed");
    assertThat(refusal().message())
        .isEqualTo(
            "step 'count' kept a value for each key in savepoint words-0a0a/12, and now keeps"
                + " sessions");
    assertThat(refusal().hint()).contains("--drop-state count").contains("another id");
  }

  @Test
  void shouldNotHideAChangedStepBehindAllowDropped() {
    now.put("count", "sessions");
    allowDropped = true;

    assertThat(refusal().code()).isEqualTo("state-changed");
  }

  @Test
  void shouldLetAChangedStepBeginAnew() {
    now.put("count", "sessions");
    dropState = List.of("count");

    assertThat(check().refusal()).isEmpty();
    assertThat(check().dropped()).containsExactly("count");
  }

  @Test
  void shouldLetAChangedStepGoOnThatKeptNothing() {
    contents.put("count", Set.of("task", "closed-up-to"));
    now.put("count", "sessions");

    assertThat(check().refusal()).isEmpty();
  }

  @Test
  void shouldNotLetTwoPublishTheSameOutput() {
    owner = "words-0a0a";

    assertThat(refusal().code()).isEqualTo("output-in-use");
    assertThat(refusal().message()).contains("step 'out'").contains("words-0a0a may still be");
    assertThat(refusal().hint()).contains("gear stop words-0a0a").contains("--drop-state out");
  }

  @Test
  void shouldGoOnBesideAnotherWhereNoOutputIsPrepared() {
    owner = "words-0a0a";
    contents.put("out", Set.of("task"));
    assertThat(check().refusal()).isEmpty();

    contents.put("out", Set.of("task", "prepared"));
    dropState = List.of("out");
    assertThat(check().refusal()).isEmpty();
  }

  @Test
  void shouldRefuseToDropWhatNobodyKnows() {
    dropState = List.of("cuont");

    assertThat(refusal().code()).isEqualTo("unknown-step");
    assertThat(refusal().message()).contains("'cuont'");
    assertThat(refusal().hint()).isEqualTo("it holds state of: count, lines, out");
  }

  private Failure refusal() {
    return check().refusal().orElseThrow();
  }

  private StartCheck check() {
    StartFrom from = new StartFrom("words-0a0a", 12, "n", true, dropState, allowDropped, owner);
    Manifest manifest = new Manifest("words-0a0a", 12, 1, 1, "f", 0, true, before, List.of());
    List<PlannedProcessor> steps = new ArrayList<>();
    now.keySet().forEach(id -> steps.add(new PlannedProcessor(id, Kind.OPERATOR, 1, 0, "", false)));
    ExecutionPlan plan =
        new ExecutionPlan(
            "words", 1024, steps, List.of(), List.of(), TypeDictionary.EMPTY, Map.of(), now, "f");
    return new StartCheck(from, new SavedState(manifest, contents), plan);
  }
}
