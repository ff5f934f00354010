package io.geartrain.appmaster.internal;

import io.geartrain.plan.ExecutionPlan;
import io.geartrain.plan.PlannedProcessor;
import io.geartrain.protocol.Failure;
import io.geartrain.protocol.StartFrom;
import io.geartrain.state.StateNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether an application can go on with the state of another: steps are matched by their ids. Pure.
 */
final class StartCheck {
  private final StartFrom from;
  private final SavedState saved;
  private final ExecutionPlan plan;
  private final Set<String> steps;
  private final Set<String> kept = new TreeSet<>();

  StartCheck(StartFrom from, SavedState saved, ExecutionPlan plan) {
    this.from = from;
    this.saved = saved;
    this.plan = plan;
    this.steps = plan.processors().stream().map(PlannedProcessor::id).collect(Collectors.toSet());
    saved
        .contents()
        .forEach(
            (step, names) -> {
              if (!names.stream().allMatch(StateNames::isBookkeeping)) {
                kept.add(step);
              }
            });
  }

  /** The steps whose state is left out. */
  List<String> dropped() {
    return saved.contents().keySet().stream().filter(this::isDropped).toList();
  }

  private boolean isDropped(String step) {
    return from.dropState().contains(step) || from.allowDropped() && !steps.contains(step);
  }

  /** Why it can't; empty if it can. */
  Optional<Failure> refusal() {
    return unknown().or(this::lacking).or(this::changed).or(this::owned);
  }

  private Optional<Failure> unknown() {
    List<String> unknown = new ArrayList<>(from.dropState());
    unknown.removeIf(step -> saved.contents().containsKey(step) || steps.contains(step));
    return unknown.isEmpty()
        ? Optional.empty()
        : refuse(
            "unknown-step",
            "%s holds nothing of %s".formatted(from.label(), quoted(unknown)),
            "it holds state of: " + (kept.isEmpty() ? "no step" : String.join(", ", kept)));
  }

  private Optional<Failure> lacking() {
    List<String> lacking =
        kept.stream().filter(step -> !steps.contains(step) && !isDropped(step)).toList();
    return lacking.isEmpty()
        ? Optional.empty()
        : refuse(
            "state-without-step",
            "%s holds state of %s, which the application has no more"
                .formatted(from.label(), quoted(lacking)),
            "give the steps their ids back, or leave their state out with %s, or all such with"
                    .formatted(options(lacking))
                + " --allow-dropped-state");
  }

  private Optional<Failure> changed() {
    for (String step : kept) {
      String before = saved.manifest().states().get(step);
      String now = plan.states().get(step);
      if (before != null && now != null && !before.equals(now) && !isDropped(step)) {
        return refuse(
            "state-changed",
            "step '%s' kept %s in %s, and now keeps %s".formatted(step, before, from.label(), now),
            "give the new step another id, or leave the old state out with --drop-state " + step);
      }
    }
    return Optional.empty();
  }

  /** What two applications would make visible at the same time, each for itself. */
  private Optional<Failure> owned() {
    if (from.owner() == null) {
      return Optional.empty();
    }
    List<String> owned =
        kept.stream()
            .filter(step -> saved.contents().get(step).contains(StateNames.PREPARED))
            .filter(step -> !isDropped(step))
            .toList();
    return owned.isEmpty()
        ? Optional.empty()
        : refuse(
            "output-in-use",
            "%s holds output of %s that %s may still be publishing"
                .formatted(from.label(), quoted(owned), from.owner()),
            "try again once %s has made a checkpoint, stop it first (gear stop %s --savepoint),"
                    .formatted(from.owner(), from.owner())
                + " or begin the output anew with "
                + options(owned));
  }

  private static Optional<Failure> refuse(String code, String message, String hint) {
    return Optional.of(Failure.of(code, message, hint));
  }

  private static String quoted(List<String> steps) {
    return (steps.size() == 1 ? "step " : "steps ")
        + steps.stream().map(step -> "'" + step + "'").collect(Collectors.joining(", "));
  }

  private static String options(List<String> steps) {
    return steps.stream().map(step -> "--drop-state " + step).collect(Collectors.joining(" "));
  }
}
